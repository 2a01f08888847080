import {get} from './api.js';
import {badge, card, compact, failed, h, loading, number, safe, table} from './dom.js';

// Topics in the order of the flow, and the step that reads each
const STEPS = [
  ['smtp.log', 'key lines by host'], ['lines-by-host', 'put lines in order and correlate'], ['smtp.events', 'enrich: DNS, SPF, DKIM, domains'],
  ['enrichment-waits', 'wait for enrichment'], ['smtp.verdicts', 'combine counts'], ['smtp.feedback', 'route feedback'],
  ['feedback-on-events', 'join feedback'], ['allowlist', 'spread the allowlist'], ['contributions', 'count, limit, rate, list'],
];

export function status() {
  const content = h('div', {}, loading());
  async function load() {
    try {
      content.replaceChildren(show(await get('status')));
    } catch (error) {
      content.replaceChildren(failed(error, load));
    }
  }
  load();
  const element = h('div', {}, h('h1', {tabindex: '-1'}, 'Status'), content);
  const timer = setInterval(() => element.isConnected ? load() : clearInterval(timer), 3000);
  return {title: 'Status', element};
}

function show(status) {
  const wrong = [status.failure, ...status.notReady.filter(reason => reason !== status.failure), status.notPublished].filter(Boolean);
  const facts = [
    ['state', badge(status.state.toLowerCase().replaceAll('_', ' '), status.state === 'RUNNING' ? 'isgood' : 'limited')],
    ['events have come to', status.eventTime.slice(0, 16).replace('T', ' ')],
    ['lines read', number(status.lines)], ['events', number(status.events)], ['verdicts', number(status.verdicts)],
    ['waiting inside the steps', number(status.waiting)],
    ['list published', status.published ? 'version ' + status.published : 'not yet'],
    ['listed', `${number(status.listedPrefixes)} prefixes, ${number(status.listedDomains)} domains`],
    ['started', status.started.slice(0, 16).replace('T', ' ')],
    ['this instance', h('code', {}, safe(status.instance))],
    ['all instances', h('code', {}, safe(status.instances.join(', ') || status.instance))],
    ['version', status.version],
    ['writing by the API', status.writing ? 'with the token' : 'off'],
  ];
  const known = new Set(STEPS.map(([topic]) => topic));
  const steps = [...STEPS.filter(([topic]) => topic in status.lag), ...Object.keys(status.lag).filter(topic => !known.has(topic)).map(topic => [topic, ''])];
  return h('div', {class: 'grid'},
    wrong.length === 0 ? h('p', {class: 'card w12'}, badge('healthy', 'isgood'), ' Everything runs, and answers are complete.')
      : h('div', {class: 'notice error w12', role: 'status'}, h('strong', {}, 'Not all is well'), h('ul', {}, wrong.map(reason => h('li', {}, safe(reason))))),
    card('w6', 'Lag before each step', null, h('p', {class: 'sub'}, 'Records that wait, of this instance.'), table('Lag before each step', [
      {head: 'topic', cell: row => h('code', {}, row[0])}, {head: 'step', cell: row => row[1]}, {head: 'waiting', num: true, cell: row => compact(status.lag[row[0]])},
    ], steps)),
    card('w6', 'Figures', null, table('Figures', [{head: 'what', cell: row => row[0]}, {head: '', cell: row => row[1]}], facts)));
}
