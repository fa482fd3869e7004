import { byId, el } from '../js/dom.js';
import { moment } from './words.js';

/** The errors that were told, the most frequent first. Rows stay where they are, so that focus does. */
export class ErrorTable {
  #rows = new Map();

  show(errors) {
    byId('errors').hidden = errors.length === 0;
    byId('errors-empty').hidden = errors.length > 0;
    const codes = new Set(errors.map(({ code }) => code));
    for (const code of this.#rows.keys()) if (!codes.has(code)) this.#rows.delete(code);
    const sorted = [...errors].sort((one, other) => other.count - one.count);
    const nodes = sorted.map((error) => this.#rowOf(error.code).show(error));
    const body = byId('errors-rows');
    const same = nodes.length === body.children.length && nodes.every((node, place) => node === body.children[place]);
    if (!same) body.replaceChildren(...nodes);
  }

  #rowOf(code) {
    if (!this.#rows.has(code)) this.#rows.set(code, new Row(code));
    return this.#rows.get(code);
  }
}

class Row {
  #count = el('td', { class: 'number' });
  #first = el('time');
  #last = el('time');
  #trace = el('code');
  #node;

  constructor(code) {
    this.#node = el('tr', {},
      el('th', { scope: 'row' }, el('a', { href: `/errors/${encodeURIComponent(code)}`, text: code })),
      this.#count, el('td', {}, this.#first), el('td', {}, this.#last), el('td', {}, this.#trace));
  }

  show({ count, firstAt, lastAt, traceId }) {
    this.#count.textContent = `${count}`;
    for (const [time, at] of [[this.#first, firstAt], [this.#last, lastAt]]) {
      time.dateTime = at;
      time.textContent = moment(Date.parse(at));
    }
    this.#trace.textContent = traceId;
    return this.#node;
  }
}
