import {compact, h, number, s, table, time} from './dom.js';

const WIDTH = 800;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 8;
const KINDS = ['good', 'neutral', 'bad'];

/** Points {start, figures} as stacked bars, what the pointer is on in words below, and the same as a table. */
export function chart(title, points, steps) {
  const most = ceiling(Math.max(1, ...points.map(point => total(point.figures))));
  const read = h('p', {class: 'read', 'aria-hidden': 'true'}, steps);
  const bars = points.map((point, index) => bar(point, index, points.length, most, text => read.textContent = text ?? steps));
  const svg = s('svg', {class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': title + ': ' + summary(points)},
    [0, 0.5, 1].map(share => gridline(share, most)), bars, labels(points));
  const rows = points.filter(point => total(point.figures) > 0).reverse();
  return h('div', {}, svg, read, h('details', {}, h('summary', {}, 'As a table'), table(title, [
    {head: 'from', cell: row => time(row.start)},
    {head: 'events', num: true, cell: row => number(row.figures.events)},
    ...KINDS.map(kind => ({head: kind, num: true, cell: row => number(row.figures[kind])})),
  ], rows)));
}

function total(figures) {
  return figures.good + figures.neutral + figures.bad;
}

function summary(points) {
  const sum = kind => number(points.reduce((all, point) => all + point.figures[kind], 0));
  return `${sum('good')} good, ${sum('neutral')} neutral and ${sum('bad')} bad in all`;
}

/** The next round number. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map(step => step * power).find(round => round >= value);
}

function y(value, most) {
  return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most;
}

function gridline(share, most) {
  const at = y(share * most, most);
  return [s('line', {class: 'line', x1: LEFT, x2: WIDTH, y1: at, y2: at}),
    s('text', {x: LEFT - 7, y: at + 4, 'text-anchor': 'end'}, compact(share * most))];
}

function bar(point, index, count, most, tell) {
  const step = (WIDTH - LEFT) / count;
  const x = LEFT + index * step;
  const width = Math.max(1, step - (step > 5 ? 1.5 : 0.4));
  let base = 0;
  const parts = KINDS.map(kind => {
    const value = point.figures[kind];
    const part = s('rect', {class: 'f' + kind, x, width, y: y(base + value, most), height: Math.max(0, y(base, most) - y(base + value, most))});
    base += value;
    return part;
  });
  const words = point.start.slice(0, 16).replace('T', ' ') + ': ' + KINDS.map(kind => number(point.figures[kind]) + ' ' + kind).join(', ');
  return [parts, s('rect', {class: 'hot', x, width: step, y: TOP, height: HEIGHT - BOTTOM - TOP,
    onpointerenter: () => tell(words), onpointerleave: () => tell(null)})];
}

function labels(points) {
  const wanted = Math.min(6, points.length);
  return Array.from({length: wanted}, (_, nth) => {
    const index = Math.floor(nth * points.length / wanted);
    const start = points[index].start;
    const day = points.length > 1 && new Date(points[points.length - 1].start) - new Date(points[0].start) > 36e5 * 26;
    return s('text', {x: LEFT + index * (WIDTH - LEFT) / points.length, y: HEIGHT - 6}, day ? start.slice(5, 16).replace('T', ' ') : start.slice(11, 16));
  });
}
