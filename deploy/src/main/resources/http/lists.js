import {get} from './api.js';
import {badge, card, choice, compact, empty, failed, h, link, loading, number, safe, table, time, verdicts} from './dom.js';

export const LEVELS = [['64', '/64'], ['56', '/56'], ['48', '/48'], ['32', '/32'], ['24', '/24']];

export const prefixColumns = [
  {head: 'prefix', cell: row => link(row.prefix)},
  {head: 'events', num: true, cell: row => compact(row.figures.events)},
  {head: 'verdicts', cell: row => verdicts(row.figures)},
  {head: 'bad', num: true, cell: row => compact(row.figures.bad)},
];

export const domainColumns = [
  {head: 'domain', cell: row => link(row.domain)},
  {head: 'standing', cell: row => badge(row.standing, 'is' + row.standing)},
  {head: 'score', num: true, cell: row => row.score.toFixed(2)},
  {head: 'events', num: true, cell: row => compact(row.events)},
];

/** A page that shows one list: what to ask is changed by its tools, and answers replace each other. */
function listPage(title, tools, ask, show) {
  const content = h('section', {class: 'card', 'aria-label': title}, loading());
  const state = {offset: 0};
  let latest = 0;
  async function load() {
    const mine = ++latest;
    try {
      const page = await ask(state);
      if (mine === latest) {
        content.replaceChildren(page.complete ? '' : h('p', {class: 'notice', role: 'status'}, 'Still reading what was kept; there may be more.'),
          page.items.length > 0 ? show(page.items) : empty('Nothing here', 'Nothing matches, or nothing has come yet.'), pager(page, state, load));
      }
    } catch (error) {
      if (mine === latest) {
        content.replaceChildren(failed(error, load));
      }
    }
  }
  const element = h('div', {}, h('h1', {tabindex: '-1'}, title), h('div', {class: 'tools'}, tools(state, () => {
    state.offset = 0;
    load();
  })), content);
  load();
  return {element, load};
}

const PAGE = 50;

function pager(page, state, load) {
  const turn = by => () => {
    state.offset = Math.max(0, state.offset + by);
    load();
  };
  const last = Math.min(page.total, page.offset + page.items.length);
  return page.total <= PAGE ? h('p', {class: 'pager'}, `${number(page.total)} in all`) : h('div', {class: 'pager'},
    `${number(page.offset + 1)} to ${number(last)} of ${number(page.total)}`,
    h('button', {type: 'button', disabled: page.offset === 0, onclick: turn(-PAGE)}, 'Previous'),
    h('button', {type: 'button', disabled: last >= page.total, onclick: turn(PAGE)}, 'Next'));
}

function select(label, options, change) {
  return h('label', {}, label, h('select', {onchange: event => change(event.target.value)}, options.map(([value, words]) => h('option', {value}, words))));
}

function filter(label, change) {
  let timer;
  return h('label', {class: 'grow'}, label, h('input', {type: 'search', maxlength: '200', oninput: event => {
    clearTimeout(timer);
    timer = setTimeout(() => change(event.target.value), 250);
  }}));
}

export function prefixes() {
  const page = listPage('Busiest prefixes', (state, again) => {
    Object.assign(state, {level: '64', sort: 'events', period: 'P7D', within: ''});
    const set = name => value => {
      state[name] = value;
      again();
    };
    return [h('label', {}, 'Level', choice('Level', LEVELS, '64', set('level'))),
      h('label', {}, 'Time', choice('Time', [['P1D', '1 day'], ['P7D', '7 days']], 'P7D', set('period'))),
      select('Order', [['events', 'most events'], ['bad', 'most bad'], ['good', 'most good'], ['messages', 'most messages']], set('sort')),
      filter('Within a prefix', set('within'))];
  }, state => get('prefixes', {level: state.level, sort: state.sort, period: state.period, within: state.within, limit: PAGE, offset: state.offset}),
  rows => table('Busiest prefixes', [
    ...prefixColumns,
    {head: 'good', num: true, cell: row => compact(row.figures.good)},
    {head: 'connections', num: true, cell: row => compact(row.figures.connections)},
    {head: 'messages', num: true, cell: row => compact(row.figures.messages)},
    {head: 'rejections', num: true, cell: row => compact(row.figures.rejections)},
    {head: 'addresses', num: true, cell: row => compact(row.addresses)},
  ], rows));
  return {title: 'Prefixes', element: page.element};
}

export function domains() {
  const page = listPage('Domains', (state, again) => {
    Object.assign(state, {standing: '', sort: 'events'});
    const set = name => value => {
      state[name] = value;
      again();
    };
    return [h('label', {}, 'Standing', choice('Standing', [['', 'all'], ['good', 'good'], ['bad', 'bad'], ['unknown', 'unknown']], '', set('standing'))),
      select('Order', [['events', 'most events'], ['bad', 'most bad'], ['score', 'lowest score']], set('sort'))];
  }, state => get('domains', {standing: state.standing, sort: state.sort, limit: PAGE, offset: state.offset}),
  rows => table('Domains that authenticated mail', [
    ...domainColumns,
    {head: 'good', num: true, cell: row => row.good.toFixed(1)},
    {head: 'bad', num: true, cell: row => row.bad.toFixed(1)},
    {head: 'networks', num: true, cell: row => number(row.networks)},
    {head: 'last seen', cell: row => time(row.lastSeen)},
  ], rows));
  return {title: 'Domains', element: page.element};
}

export function listings() {
  const page = listPage('Listings', (state, again) => {
    Object.assign(state, {kind: 'all', q: ''});
    const set = name => value => {
      state[name] = value;
      again();
    };
    return [h('label', {}, 'What', choice('What', [['all', 'all'], ['prefix', 'prefixes'], ['domain', 'domains']], 'all', set('kind'))),
      filter('Subject or reason has', set('q'))];
  }, state => get('listings', {kind: state.kind, q: state.q, limit: PAGE, offset: state.offset}),
  rows => table('The blocklist', [
    {head: 'subject', cell: row => link(row.subject)},
    {head: 'strikes', num: true, cell: row => number(row.strikes)},
    {head: 'since', cell: row => time(row.listedAt)},
    {head: 'until', cell: row => time(row.expires)},
    {head: 'why', class: 'why', cell: row => h('span', {}, row.provisional ? [badge('provisional'), ' '] : null, safe(row.reason))},
  ], rows));
  return {title: 'Listings', element: page.element, told: name => name === 'blocklist' && page.load()};
}
