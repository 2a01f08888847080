import {follow} from './api.js';
import {h, of} from './dom.js';
import {domains, listings, prefixes} from './lists.js';
import {overview} from './overview.js';
import {status} from './status.js';
import {story} from './story.js';

const PAGES = {'': overview, prefixes, domains, listings, status};
const main = document.getElementById('main');
const live = document.getElementById('live');
const problem = document.getElementById('search-error');
let page = {};

function route(event) {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  if (name === 'main') {
    main.focus();
    return;
  }
  problem.textContent = '';
  page = name === 'of' ? story(decoded(rest.join('/'))) : (PAGES[name] ?? missing)();
  main.replaceChildren(page.element);
  document.title = page.title + ' \u00b7 slash64';
  for (const link of document.querySelectorAll('header nav a')) {
    const here = link.getAttribute('href') === '#/' + name;
    here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
  if (event) { // the first page is where the reader is anyway
    main.querySelector('h1')?.focus({preventScroll: true});
    scrollTo(0, 0);
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function missing() {
  return {title: 'Not found', element: h('div', {}, h('h1', {tabindex: '-1'}, 'There is no such page'), h('p', {}, h('a', {href: '#/'}, 'To the overview')))};
}

document.getElementById('search').addEventListener('submit', event => {
  event.preventDefault();
  const asked = document.getElementById('q').value.trim();
  const plausible = /^[0-9a-fA-F:.]+(\/[0-9]{1,3})?$/.test(asked) && /[:.]/.test(asked) || /^[\w-]+(\.[\w-]+)+\.?$/.test(asked);
  problem.textContent = asked === '' || plausible ? '' : 'Write an address, a prefix such as 2001:db8::/48, or a domain name.';
  if (asked !== '' && plausible) {
    location.hash = of(asked);
  }
});

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
});

addEventListener('hashchange', route);
route();
follow((name, data) => {
  if (name === 'live') {
    live.textContent = data ? 'Live' : 'Reconnecting';
    live.className = 'live ' + (data ? 'on' : 'off');
  } else {
    page.told?.(name, data);
  }
});
