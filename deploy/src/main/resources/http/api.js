// What is asked, and what is told without being asked.
const WAIT = 15000;

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined && value !== null));
  const response = await fetch('/api/' + path + (query.size === undefined || query.size > 0 ? '?' + query : ''), {signal: AbortSignal.timeout(WAIT)});
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail || 'slash64 answers ' + response.status + '.');
  }
  return body;
}

/** Calls back with (name, data) for each event, and with ('live', true or false) when the line is there or not. */
export function follow(tell) {
  const source = new EventSource('/api/events');
  source.onopen = () => tell('live', true);
  source.onerror = () => {
    tell('live', false);
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(tell), 5000);
    }
  };
  for (const name of ['change', 'limit', 'blocklist', 'traffic']) {
    source.addEventListener(name, event => tell(name, JSON.parse(event.data)));
  }
}
