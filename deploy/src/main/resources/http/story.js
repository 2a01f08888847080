import {get} from './api.js';
import {chart} from './chart.js';
import {badge, card, compact, empty, failed, h, legend, link, loading, number, s, safe, table, time, verdicts} from './dom.js';
import {squares} from './squares.js';

const MOST_ROWS = 40;
const SHOWN_OF_RUN = 2;

export function story(subject) {
  const element = h('div', {}, h('h1', {tabindex: '-1'}, safe(subject)), loading());
  async function load() {
    try {
      element.replaceChildren(...show(await get('explain', {subject})));
    } catch (error) {
      element.replaceChildren(h('h1', {tabindex: '-1'}, safe(subject)), failed(error, load));
    }
  }
  load();
  const concerns = data => data.subject === subject;
  return {title: subject, element, told: (name, data) => (name === 'change' || name === 'blocklist' || name === 'limit') && concerns(data) && load()};
}

function show(story) {
  const evidence = story.evidence;
  const below = evidence.below;
  const parts = [];
  const picture = story.kind === 'prefix' && below.length > 0 ? squares(story.subject, below) : null;
  parts.push(card(picture ? 'w7' : 'w12', 'The story', null, h('ul', {class: 'story'}, story.sentences.map(sentence => h('li', {}, safe(sentence)))),
    story.reputation ? meter(story.reputation) : null));
  if (picture) {
    parts.push(card('w5', 'What was seen in it', null, picture));
  }
  if (evidence.slices.length > 0) {
    parts.push(card('w12', 'By the hour', legend(), chart('Events by the hour', hours(evidence.slices), 'Each bar is an hour of the time that listings look back on.')));
  }
  parts.push(card('w7', 'Time line', null, timeline(story)));
  parts.push(card('w5', 'Limits', null, story.limits.length === 0 ? empty('None', 'No limit was crossed lately.') : table('Limits', [
    {head: 'rule', cell: row => safe(row.rule)},
    {head: 'most', cell: row => `${number(row.maximum)} in ${row.period.slice(1).replace('T', '').toLowerCase()}`},
    {head: 'peak', num: true, cell: row => number(row.peak)},
    {head: 'since', cell: row => time(row.since)},
    {head: 'state', cell: row => badge(row.limited ? 'limited' : 'released')},
  ], story.limits)));
  if (story.windows.length > 0) {
    parts.push(card('w12', 'By the day', null, table('By the day', [
      {head: 'from', cell: row => time(row.start)},
      {head: 'connections', num: true, cell: row => number(row.figures.connections)},
      {head: 'messages', num: true, cell: row => number(row.figures.messages)},
      {head: 'rejections', num: true, cell: row => number(row.figures.rejections)},
      {head: 'verdicts', cell: row => verdicts(row.figures)},
      {head: 'addresses', num: true, cell: row => number(row.addresses)},
    ], [...story.windows].reverse())));
  }
  if (below.length > 0) {
    const worst = [...below].sort((one, other) => other.figures.bad - one.figures.bad || other.figures.events - one.figures.events).slice(0, MOST_ROWS);
    parts.push(card('w12', `Prefixes below (${number(below.length)})`, null, table('Prefixes below, the worst first', [
      {head: 'prefix', cell: row => link(row.prefix)},
      {head: '', cell: row => row.listed ? badge('listed') : ''},
      {head: 'events', num: true, cell: row => compact(row.figures.events)},
      {head: 'verdicts', cell: row => verdicts(row.figures)},
      {head: 'good', num: true, cell: row => compact(row.figures.good)},
      {head: 'bad', num: true, cell: row => compact(row.figures.bad)},
    ], worst)));
  }
  return [
    crumbs(story.subject, story.kind),
    h('div', {class: 'head'}, h('h1', {class: 'mono', tabindex: '-1'}, safe(story.subject)), badge(story.state)),
    evidence.stale ? h('p', {class: 'notice', role: 'status'}, 'From a copy that may lag behind: the instance that owns this prefix does not answer.') : '',
    story.complete ? '' : h('p', {class: 'notice', role: 'status'}, 'This is not all: a part could not be asked for, or is more than is told.'),
    h('div', {class: 'grid'}, parts),
  ];
}

/** The networks that it lies within. */
function crumbs(subject, kind) {
  if (kind !== 'prefix') {
    return h('nav', {class: 'crumbs', 'aria-label': 'Within'}, h('a', {href: '#/domains'}, 'Domains'));
  }
  const [address, length] = subject.split('/');
  const coarser = (address.includes(':') ? [48, 56] : [24]).filter(level => level < Number(length));
  return h('nav', {class: 'crumbs', 'aria-label': 'Within'}, h('a', {href: '#/prefixes'}, 'Prefixes'),
    coarser.map(level => [h('span', {'aria-hidden': 'true'}, '\u203a'), link(within(address, level))]).flat());
}

function within(address, level) {
  if (!address.includes(':')) {
    return address.split('.').slice(0, 3).join('.') + '.0/' + level;
  }
  const [head, tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const words = [...left, ...Array(tail === undefined ? 0 : 8 - left.length - right.length).fill('0'), ...right].slice(0, 4).map(word => parseInt(word, 16));
  words[3] &= level === 56 ? 0xff00 : 0;
  while (words.length > 0 && words[words.length - 1] === 0) {
    words.pop();
  }
  return words.map(word => word.toString(16)).join(':') + '::/' + level;
}

/** With the hours in between in which nothing came. */
function hours(slices) {
  const byStart = new Map(slices.map(slice => [Date.parse(slice.start), slice.figures]));
  const nothing = {events: 0, good: 0, neutral: 0, bad: 0};
  const first = Date.parse(slices[0].start);
  const last = Date.parse(slices[slices.length - 1].start);
  const points = [];
  for (let start = Math.max(first, last - 31 * 24 * 36e5); start <= last; start += 36e5) {
    points.push({start: new Date(start).toISOString(), figures: byStart.get(start) ?? nothing});
  }
  return points;
}

/** What happened to its listing and its limits, the newest first. */
function timeline(story) {
  const entries = [
    ...story.history.map(change => ({at: change.at, word: change.change, text: change.why})),
    ...story.limits.map(limit => ({at: limit.since, word: 'limited', text: `Over the limit ${limit.rule} (${limit.maximum} ${limit.metric}), at most ${limit.peak}`})),
    ...story.limits.filter(limit => !limit.limited).map(limit => ({at: limit.until, word: 'released', text: `Under the limit ${limit.rule} again`})),
  ].sort((one, other) => other.at.localeCompare(one.at));
  return entries.length === 0 ? empty('Nothing yet', 'It was never listed or limited, as far as is remembered.')
    : h('ol', {class: 'timeline'}, runs(entries).map(run => run.length <= SHOWN_OF_RUN ? run.map(moment)
      : [moment(run[0]), folded(run.slice(1))]));
}

/** Entries of one kind that follow each other; a sender that goes on has its listing extended again and again. */
function runs(entries) {
  const all = [];
  for (const entry of entries) {
    const last = all[all.length - 1];
    last && last[0].word === 'extended' && entry.word === 'extended' ? last.push(entry) : all.push([entry]);
  }
  return all;
}

function moment(entry) {
  return h('li', {class: entry.word}, badge(entry.word), time(entry.at), h('p', {}, safe(entry.text)));
}

function folded(entries) {
  return h('li', {class: 'more'}, h('details', {}, h('summary', {}, `extended ${number(entries.length)} times more, since `, time(entries[entries.length - 1].at)),
    h('ol', {class: 'timeline'}, entries.map(moment))));
}

/** The score with its interval, on a line from bad to good. */
function meter(known) {
  const x = share => 4 + 392 * Math.min(1, Math.max(0, share));
  const words = `Score ${known.score.toFixed(2)}, between ${known.lower.toFixed(2)} and ${known.upper.toFixed(2)}`;
  return h('div', {}, s('svg', {class: 'meter chart', viewBox: '0 0 400 34', role: 'img', 'aria-label': words},
    s('rect', {class: 'fneutral', x: 4, y: 10, width: 392, height: 6, rx: 3, 'fill-opacity': '.35'}),
    s('rect', {class: known.standing === 'bad' ? 'fbad' : known.standing === 'good' ? 'fgood' : 'fneutral', x: x(known.lower), y: 10, width: Math.max(2, x(known.upper) - x(known.lower)), height: 6, rx: 3}),
    s('circle', {class: known.standing === 'bad' ? 'fbad' : known.standing === 'good' ? 'fgood' : 'fneutral', cx: x(known.score), cy: 13, r: 6}),
    s('text', {x: 4, y: 31}, 'bad'), s('text', {x: 396, y: 31, 'text-anchor': 'end'}, 'good')));
}
