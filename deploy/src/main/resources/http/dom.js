// Elements and texts. Whatever others wrote becomes text nodes, never markup; what would not show, or would steer what shows, is spelt out.
const SVG = 'http://www.w3.org/2000/svg';
const MOST_TEXT = 600;
// Controls, format characters (bidi among them), line separators, private use and lone surrogates
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text of unknown origin. */
export function safe(text) {
  const span = h('span', {class: 'iso'});
  let plain = '';
  let length = 0;
  for (const character of String(text)) {
    if (++length > MOST_TEXT) {
      plain += '\u2026';
      break;
    }
    if (UNSEEN.test(character)) {
      span.append(plain, h('span', {class: 'ctl'}, 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')));
      plain = '';
    } else {
      plain += character;
    }
  }
  span.append(plain);
  return span;
}

export function link(subject) {
  return h('a', {class: 'mono' + (subject.length > 44 ? ' long' : ''), href: of(subject)}, safe(subject));
}

export function of(subject) {
  return '#/of/' + encodeURIComponent(subject);
}

const NUMBER = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

export function number(value) {
  return NUMBER.format(value);
}

export function compact(value) {
  return value < 10000 ? NUMBER.format(value) : COMPACT.format(value);
}

export function percent(part, whole) {
  return whole === 0 ? '\u2013' : Math.round(100 * part / whole) + '%';
}

/** 2026-11-19 15:40 */
export function time(instant) {
  return h('time', {datetime: instant}, instant.slice(0, 16).replace('T', ' '));
}

export function badge(word, kind = word) {
  return h('span', {class: 'badge ' + kind}, word);
}

export function card(width, title, tools, ...content) {
  return h('section', {class: 'card ' + width, 'aria-label': title}, h('header', {}, h('h2', {}, title), tools), ...content);
}

export function empty(title, text) {
  return h('p', {class: 'empty'}, h('b', {}, title), text);
}

export function loading() {
  return h('div', {class: 'loading', role: 'status'}, h('span', {class: 'hidden'}, 'Loading'), h('div'), h('div'), h('div'));
}

export function failed(error, again) {
  return h('div', {class: 'notice error', role: 'alert'}, h('strong', {}, 'This could not be loaded. '), safe(error.message), ' ',
    h('button', {type: 'button', onclick: again}, 'Try again'));
}

/** Columns: {head, cell(row), num}. On narrow screens it scrolls by itself. */
export function table(caption, columns, rows) {
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption}, h('table', {},
    h('caption', {class: 'hidden'}, caption),
    h('thead', {}, h('tr', {}, columns.map(column => h('th', {scope: 'col', class: column.num ? 'num' : null}, column.head)))),
    h('tbody', {}, rows.map(row => h('tr', {}, columns.map(column => h('td', {class: column.num ? 'num' : column.class}, column.cell(row))))))));
}

export function verdicts(figures) {
  const whole = Math.max(1, figures.good + figures.bad + figures.neutral);
  const words = `${number(figures.good)} good, ${number(figures.bad)} bad, ${number(figures.neutral)} neutral`;
  const bar = h('span', {class: 'bar', role: 'img', 'aria-label': words, title: words});
  for (const kind of ['good', 'neutral', 'bad']) {
    const part = h('i', {class: kind});
    part.style.width = 100 * figures[kind] / whole + '%';
    bar.append(part);
  }
  return bar;
}

export function legend(...more) {
  return h('ul', {class: 'legend'}, ['good', 'neutral', 'bad'].map(kind => h('li', {}, h('i', {class: kind}), kind)), more);
}

export function choice(name, options, chosen, choose) {
  const group = h('div', {class: 'choice', role: 'group', 'aria-label': name});
  for (const [value, words] of options) {
    group.append(h('button', {type: 'button', 'aria-pressed': String(value === chosen), onclick: event => {
      group.querySelectorAll('button').forEach(button => button.setAttribute('aria-pressed', String(button === event.currentTarget)));
      choose(value);
    }}, words));
  }
  return group;
}
