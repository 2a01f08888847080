import {h, legend, number, of, s} from './dom.js';

const SIDE = 16;   // 256 places: the /56 of a /48, the /64 of a /56, the addresses of a /24
const CELL = 20;
const GAP = 1.6;

/**
 * A network as nested squares. Each place is a prefix of the next level, where it lies in its network; in it, side by side,
 * those seen of the level below. A sender that spreads fills the picture.
 */
export function squares(subject, below) {
  const length = Number(subject.split('/')[1]);
  const levels = subject.includes(':') ? [48, 56, 64] : [24, 32];
  const depth = levels.indexOf(length);
  if (depth < 0 || depth === levels.length - 1) {
    return null;
  }
  const places = new Map();
  for (const prefix of below) {
    const place = placeOf(prefix.prefix, levels[depth + 1]);
    const at = places.get(place) ?? {inner: []};
    if (prefix.length === levels[depth + 1]) {
      at.self = prefix;
    } else if (prefix.length === levels[depth + 2]) {
      at.inner.push(prefix);
    }
    places.set(place, at);
  }
  const drawn = Array.from({length: SIDE * SIDE}, (_, place) => draw(place, places.get(place)));
  const bad = below.filter(prefix => prefix.length === levels[levels.length - 1] && prefix.figures.bad > prefix.figures.good).length;
  const words = `${number(places.size)} of 256 prefixes of /${levels[depth + 1]} in ${subject} were seen; ${number(bad)} of the finest prefixes are mostly bad. The table has them.`;
  return h('div', {}, s('svg', {class: 'squares', viewBox: `0 0 ${SIDE * CELL} ${SIDE * CELL}`, role: 'img', 'aria-label': words}, drawn),
    h('p', {class: 'sub'}, `Each square is a /${levels[depth + 1]} in its place` + (levels[depth + 2] ? `; inside it, the /${levels[depth + 2]} that were seen.` : '.')),
    legend(h('li', {}, h('i', {class: 'outlined'}), 'listed')));
}

/** The eight bits before the end of the prefix. */
function placeOf(prefix, length) {
  const address = prefix.split('/')[0];
  if (!address.includes(':')) {
    return Number(address.split('.')[3]);
  }
  const [head, tail = ''] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const words = [...left, ...Array(address.includes('::') ? 8 - left.length - right.length : 0).fill('0'), ...right].map(word => parseInt(word, 16));
  return length === 56 ? words[3] >> 8 : words[3] & 0xff;
}

function draw(place, at) {
  const x = place % SIDE * CELL + GAP / 2;
  const y = Math.floor(place / SIDE) * CELL + GAP / 2;
  const side = CELL - GAP;
  if (!at) {
    return s('rect', {class: 'cell', x, y, width: side, height: side, rx: 2});
  }
  const self = at.self ?? at.inner[0];
  const group = s('g', {class: 'at', onclick: () => location.hash = of(self.prefix)},
    s('title', {}, `${self.prefix}: ${number(self.figures.good)} good, ${number(self.figures.bad)} bad`));
  if (at.inner.length === 0) {
    group.append(s('rect', {class: colour(self.figures), x, y, width: side, height: side, rx: 2}));
  } else {
    group.append(s('rect', {class: 'seen', x, y, width: side, height: side, rx: 2}), ...inside(at.inner, x, y, side));
  }
  if (self.listed) {
    group.append(s('rect', {class: 'islisted', x, y, width: side, height: side, rx: 2}));
  }
  return group;
}

function inside(prefixes, x, y, side) {
  const across = Math.ceil(Math.sqrt(prefixes.length));
  const pad = 1.6;
  const step = (side - 2 * pad) / across;
  return prefixes.map((prefix, index) => s('rect', {
    class: colour(prefix.figures),
    x: x + pad + index % across * step, y: y + pad + Math.floor(index / across) * step,
    width: step * 0.88, height: step * 0.88, rx: Math.min(1.2, step / 6)}));
}

function colour(figures) {
  if (figures.bad === 0 && figures.good === 0) {
    return 'sneutral';
  }
  return figures.bad >= figures.good ? 'sbad' : 'sgood';
}
