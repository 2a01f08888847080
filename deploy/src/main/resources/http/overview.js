import {get} from './api.js';
import {chart} from './chart.js';
import {badge, card, choice, compact, empty, failed, h, legend, link, loading, number, percent, safe, table, time} from './dom.js';
import {domainColumns, LEVELS, prefixColumns} from './lists.js';
import {squares} from './squares.js';

const MOST_IN_FEED = 40;
const PERIODS = [['PT1H', '1 hour'], ['P1D', '1 day'], ['P7D', '7 days']];
const TOP = 8;
const TOP_PREFIXES = 11;

export function overview() {
  const state = {period: 'P7D', level: '64'};
  const tiles = h('div', {class: 'grid'});
  const series = h('div', {}, loading());
  const busiest = h('div', {}, loading());
  const domains = h('div', {}, loading());
  const picture = h('div', {}, loading());
  const feed = h('ol', {class: 'feed', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0', 'aria-label': 'Listings as they happen'});

  const part = (element, load) => async () => {
    try {
      element.replaceChildren(await load());
    } catch (error) {
      element.replaceChildren(failed(error, part(element, load)));
    }
  };

  const loadSeries = part(series, async () => {
    const [answer, status] = await Promise.all([get('series', {period: state.period}), get('status')]);
    tiles.replaceChildren(...tile(answer, status));
    return answer.points.length === 0 ? empty('No events yet', 'They show here as soon as a log is read.')
      : chart('Events by verdict', answer.points, 'Each bar is ' + words(answer.step) + '. Point at one to read it.');
  });
  const loadBusiest = part(busiest, async () => {
    const page = await get('prefixes', {level: state.level, period: state.period === 'PT1H' ? 'P1D' : state.period, limit: TOP_PREFIXES});
    return page.items.length === 0 ? empty('None', 'Nothing came from prefixes of this level.') : table('Busiest prefixes', prefixColumns, page.items);
  });
  const loadDomains = part(domains, async () => {
    const page = await get('domains', {limit: TOP});
    return page.items.length === 0 ? empty('None', 'No domain has authenticated mail yet.') : table('Busiest domains', domainColumns, page.items);
  });
  const loadPicture = part(picture, async () => {
    const worst = level => get('prefixes', {level, sort: 'bad', period: 'P7D', limit: 20});
    const [networks, sites] = await Promise.all([worst('48'), worst('56')]);
    const spreading = prefix => prefix.figures.bad * prefix.children;
    const spread = [...networks.items, ...sites.items].sort((one, other) => spreading(other) - spreading(one))[0];
    if (!spread || spread.figures.bad === 0) {
      return empty('All quiet', 'No IPv6 network sent anything bad lately.');
    }
    const story = await get('explain', {subject: spread.prefix});
    return h('div', {}, h('p', {class: 'sub'}, link(spread.prefix), ` ${number(spread.figures.bad)} bad and ${number(spread.figures.good)} good outcomes in 7 days`),
      squares(spread.prefix, story.evidence.below) ?? '');
  });
  const loadFeed = async () => {
    const [changes, listings] = await Promise.all([get('history', {change: 'listed,escalated,narrowed,delisted', limit: MOST_IN_FEED}), get('listings', {limit: 1})]);
    const shown = changes.items;
    feed.replaceChildren(...(shown.length > 0 ? shown.map(change => entry(change, false))
      : [h('li', {}, empty('Nothing was listed yet', listings.total === 0 ? 'New listings come in here by themselves.' : ''))]));
  };

  const element = h('div', {}, h('h1', {tabindex: '-1'}, 'Overview'), tiles, h('div', {class: 'grid below'},
    card('w8', 'Events by verdict', choice('Time', PERIODS, state.period, period => {
      state.period = period;
      loadSeries();
      loadBusiest();
    }), legend(), series),
    card('w4', 'Listings as they happen', null, feed),
    card('w7', 'Busiest prefixes', choice('Level', LEVELS, state.level, level => {
      state.level = level;
      loadBusiest();
    }), busiest),
    card('w5', 'Most spread bad sender', null, picture),
    card('w12', 'Busiest domains', h('a', {href: '#/domains'}, 'All domains'), domains)));
  loadSeries();
  loadBusiest();
  loadDomains();
  loadPicture();
  loadFeed().catch(error => feed.replaceChildren(h('li', {}, failed(error, loadFeed))));

  let due = null;
  function soon() {
    due ??= setTimeout(() => {
      due = null;
      if (element.isConnected) {
        loadSeries();
        loadBusiest();
      }
    }, 2000);
  }
  function told(name, data) {
    if (name === 'traffic') {
      soon();
    } else if (name === 'change' && data.change !== 'extended') {
      add(entry(data, true));
    } else if (name === 'blocklist' && data.listing?.provisional) {
      add(entry({subject: data.subject, change: 'provisional', at: data.listing.listedAt, why: data.listing.reason}, true));
      soon();
    }
  }
  function add(item) {
    feed.querySelector('.empty')?.closest('li').remove();
    feed.prepend(item);
    while (feed.children.length > MOST_IN_FEED) {
      feed.lastChild.remove();
    }
  }
  return {title: 'Overview', element, told};
}

function tile(series, status) {
  const last = series.points[series.points.length - 1];
  const sum = kind => series.points.reduce((all, point) => all + point.figures[kind], 0);
  const lag = Object.values(status.lag).reduce((all, some) => all + some, 0);
  const make = (value, label, more) => h('div', {class: 'card tile w3'}, h('span', {}, label), h('b', {}, value), h('small', {}, more));
  return [
    make(compact(sum('events')), 'Events in this time', last ? `${number(last.figures.events)} in the last ${words(series.step)}` : 'none yet'),
    make(percent(sum('bad'), sum('events')), 'Bad outcomes', `${compact(sum('bad'))} bad, ${compact(sum('good'))} good`),
    make(number(status.listedPrefixes + status.listedDomains), 'Listed now', `${number(status.listedPrefixes)} prefixes, ${number(status.listedDomains)} domains`),
    make(status.failure ? 'Failed' : status.notReady.length > 0 ? 'Starting' : 'Healthy', 'Pipeline', lag === 0 ? 'nothing waits' : `${compact(lag)} records wait`),
  ];
}

function words(step) {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(step) ?? [];
  return [hours ? `${hours} h` : '', minutes ? `${minutes} min` : ''].filter(Boolean).join(' ') || step;
}

function entry(change, fresh) {
  return h('li', {class: fresh ? 'new' : null}, time(change.at), badge(change.change), ' ', link(change.subject), h('p', {}, safe(change.why)));
}
