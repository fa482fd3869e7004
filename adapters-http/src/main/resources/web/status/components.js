import { byId, el } from '../js/dom.js';
import { MINUTES, minutesOf } from './model.js';
import { clock, duration, moment, OVERALL, percent, seconds, STATUS } from './words.js';

const MAX_ROWS = 50;

/** The whole in words. */
export function showOverall(snapshot) {
  const { status, since, at, startedAt } = snapshot;
  setOverall(status);
  byId('overall-since').textContent = `Since ${moment(Date.parse(since))}, `
    + `for ${duration(Date.parse(at) - Date.parse(since))}. `
    + `This node was started ${duration(Date.parse(at) - Date.parse(startedAt))} ago.`;
}

export function showUnknown() {
  setOverall('unknown');
}

function setOverall(status) {
  const word = byId('overall-word');
  byId('overall').dataset.status = status;
  // Set only when it changes, so that it is read out only then.
  if (word.textContent !== OVERALL[status]) word.textContent = OVERALL[status];
  document.title = `${OVERALL[status]} · Daveloper`;
}

/** The list of components, each with its last hour. */
export class Components {
  #list = byId('components');
  #cards = new Map();

  show(model) {
    const { components, at } = model.latest;
    const now = Date.parse(at);
    for (const component of components) {
      const name = component.component;
      if (!this.#cards.has(name)) this.#add(name);
      this.#cards.get(name).show(component, minutesOf(model.components.get(name), now), now);
    }
    this.#showChanges(model.components);
  }

  #add(name) {
    const card = new Card(name);
    this.#cards.set(name, card);
    this.#list.append(card.node);
  }

  #showChanges(components) {
    const all = [...components].flatMap(([name, changes]) => changes.map((change) => ({ name, ...change })))
      .sort((one, other) => other.at - one.at).slice(0, MAX_ROWS);
    byId('changes').hidden = all.length === 0;
    const rows = byId('changes-rows');
    const version = `${all.length} ${all[0]?.at} ${all[0]?.name}`;
    if (rows.dataset.version === version) return;
    rows.dataset.version = version;
    rows.replaceChildren(...all.map(({ name, status, at }) => el('tr', {},
      el('td', {}, el('time', { datetime: new Date(at).toISOString(), text: moment(at) })),
      el('td', { text: name }), el('td', { text: STATUS[status] }))));
  }
}

class Card {
  #word = el('p', { class: 'word' });
  #output = el('p', { class: 'output', hidden: '' });
  #hint = el('p', { class: 'hint' });
  #detail = el('p', { class: 'hint', hidden: '' });
  #bars = Array.from({ length: MINUTES }, () => el('span', { class: 'minute' }));
  #hour = el('div', { class: 'hour', role: 'img' }, this.#bars);

  constructor(name) {
    this.node = el('li', { class: 'component', 'data-component': name },
      el('h3', { text: name }), this.#word, this.#output, this.#hour,
      el('p', { class: 'ends', 'aria-hidden': 'true' },
        el('span', { text: 'An hour ago' }), el('span', { text: 'Now' })),
      this.#hint, this.#detail);
  }

  show({ status, since, uptime, output, latencyMs, lastError }, minutes, now) {
    this.node.dataset.status = status;
    this.#word.textContent = STATUS[status];
    this.#output.textContent = output ?? '';
    this.#output.hidden = !output;
    this.#showDetail(status, latencyMs, lastError);
    minutes.forEach((worst, place) => {
      const bar = this.#bars[place];
      bar.dataset.status = worst ?? 'unknown';
      const from = clock(now - (MINUTES - place) * 60_000);
      bar.title = `${from}: ${worst ? STATUS[worst].toLowerCase() : 'not known'}`;
    });
    const count = (wanted) => minutes.filter((worst) => worst === wanted).length;
    this.#hour.setAttribute('aria-label', `The last hour by minute: ${count('fail')} with a failure, `
      + `${count('warn')} with something amiss, ${count('pass')} well, ${count(null)} not known.`);
    const unchanged = duration(now - Date.parse(since));
    this.#hint.textContent = `${percent(uptime)} up in the last hour, unchanged for ${unchanged}`;
  }

  /** What administrators are told of it, as far as it is known. */
  #showDetail(status, latencyMs, lastError) {
    const taken = status === 'fail' ? 'waited for' : 'answered in';
    const known = [
      latencyMs === undefined ? null : `${taken} ${seconds(latencyMs / 1_000)}`,
      lastError ? `last error ${lastError.errorClass} at ${moment(Date.parse(lastError.time))}` : null,
    ].filter((part) => part !== null).join(', ');
    this.#detail.textContent = known === '' ? '' : `${known[0].toUpperCase()}${known.slice(1)}`;
    this.#detail.hidden = known === '';
  }
}
