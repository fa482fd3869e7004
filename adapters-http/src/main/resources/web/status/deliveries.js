import { KeyedList } from '../js/documents/keyed-list.js';
import { byId, el } from '../js/dom.js';
import { moment, seconds } from './words.js';

const AT_ONCE = 50;

/** What was and is sent to one endpoint, a page of it at a time, and one of it in detail. */
export class Deliveries {
  #admin;
  #doing;
  #webhook = null;
  #looked = null;
  /** The one whose details stand there, until those of the one that is looked at have come. */
  #shown = null;
  /** Of the page that is shown; null is the newest. */
  #cursor = null;
  #older = null;
  #asked = '';
  #rows;

  /** @param doing does something, tells what went wrong, and refreshes */
  constructor(admin, doing) {
    this.#admin = admin;
    this.#doing = doing;
    // Rows stay as they are, so that a press that lasts while they are refreshed is not lost.
    this.#rows = new KeyedList(byId('deliveries-rows'), {
      make: ({ id }) => this.#rowOf(id), fallback: () => byId('deliveries-title'),
    });
    byId('deliveries-state').addEventListener('change', () => this.#turnTo(null));
    byId('deliveries-older').addEventListener('click', () => this.#turnTo(this.#older));
    byId('deliveries-newest').addEventListener('click', () => this.#turnTo(null));
    byId('deliveries-recover').addEventListener('click', () => this.#doing(() => this.#recover()));
    byId('deliveries-close').addEventListener('click', () => {
      const row = `[data-webhook="${this.#webhook.id}"] button`;
      this.hide();
      document.querySelector(row)?.focus();
    });
    byId('delivery-again').addEventListener('click', () => this.#doing(() =>
      this.#admin.ask('POST', `/webhooks/deliveries/${this.#shown}/redeliver`)));
  }

  show(webhook) {
    this.hide();
    this.#webhook = webhook;
    byId('deliveries-title').textContent = `Deliveries to ${webhook.url}`;
    byId('deliveries').hidden = false;
    byId('deliveries-title').focus();
    this.#doing(() => {});
  }

  hide() {
    this.#webhook = null;
    this.#cursor = null;
    this.#older = null;
    byId('deliveries').hidden = true;
    for (const id of ['title', 'told']) byId(`deliveries-${id}`).textContent = '';
    for (const id of ['older', 'newest']) byId(`deliveries-${id}`).hidden = true;
    this.#rows.show([], ({ id }) => id);
    this.#forgetOne();
  }

  #turnTo(cursor) {
    this.#cursor = cursor;
    this.#doing(() => {});
  }

  async #recover() {
    const { id } = this.#webhook;
    byId('deliveries-told').textContent = '';
    const answer = await this.#admin.ask('POST', `/webhooks/${id}/recover`, { since: '1970-01-01T00:00:00Z' });
    if (this.#webhook?.id === id) byId('deliveries-told').textContent = recoveredInWords(answer);
  }

  #forgetOne() {
    this.#looked = null;
    this.#shown = null;
    byId('delivery').hidden = true;
    for (const id of ['title', 'id', 'payload']) byId(`delivery-${id}`).textContent = '';
    byId('delivery-attempts').replaceChildren();
  }

  /** This endpoint is no more. */
  gone(id) {
    if (this.#webhook?.id === id) this.hide();
  }

  async refresh() {
    if (this.#webhook === null) return;
    const query = new URLSearchParams({ limit: AT_ONCE, state: byId('deliveries-state').value });
    if (this.#cursor !== null) query.set('cursor', this.#cursor);
    const path = `/webhooks/${this.#webhook.id}/deliveries?${query}`;
    this.#asked = path;
    const { items, nextCursor } = await this.#admin.ask('GET', path);
    // Meanwhile another page may have been wanted, or none.
    if (this.#webhook === null || this.#asked !== path) return;
    this.#older = nextCursor;
    showPaging(this.#cursor !== null, nextCursor !== null);
    byId('deliveries-empty').hidden = items.length > 0;
    this.#rows.show(items, ({ id }) => id);
    if (this.#looked === null) return;
    try {
      await this.#showOne();
    } catch (error) {
      if (error.status !== 404) throw error;
      // It has been kept for long enough.
      this.#forgetOne();
    }
  }

  #rowOf(id) {
    const look = el('button', { type: 'button', class: 'button small', text: 'Look', 'aria-label': `Look at ${id}` });
    look.addEventListener('click', () => {
      this.#looked = id;
      this.#doing(() => byId('delivery').scrollIntoView({ block: 'nearest' }));
    });
    const [when, type, standing, answer] = Array.from({ length: 4 }, () => el('td'));
    const count = el('td', { class: 'number' });
    const root = el('tr', { 'data-delivery': id }, when, type, standing, count, answer, el('td', {}, look));
    const update = ({ eventType, state, deadReason, attempts, createdAt, lastAttempt }) => {
      root.dataset.state = state;
      when.replaceChildren(el('time', { datetime: createdAt, text: moment(Date.parse(createdAt)) }));
      type.textContent = eventType;
      standing.textContent = deadReason ? `${state}: ${deadReason}` : state;
      count.textContent = `${attempts}`;
      answer.textContent = answerOf(lastAttempt);
    };
    return { root, update };
  }

  async #showOne() {
    const { delivery, event, attempts } = await this.#admin.ask('GET', `/webhooks/deliveries/${this.#looked}`);
    if (this.#looked !== delivery.id) return;
    this.#shown = delivery.id;
    byId('delivery').hidden = false;
    byId('delivery-title').textContent = `${delivery.eventType}, ${delivery.state}`;
    byId('delivery-id').textContent = delivery.eventId;
    byId('delivery-payload').textContent = JSON.stringify(event.payload, null, 2);
    byId('delivery-attempts').replaceChildren(...attempts.map((attempt) => el('tr', {},
      el('td', { class: 'number', text: `${attempt.number}` }),
      el('td', {}, el('time', { datetime: attempt.at, text: moment(Date.parse(attempt.at)) })),
      el('td', { class: 'number', text: seconds(attempt.millis / 1_000) }),
      el('td', { text: answerOf(attempt) }), el('td', {}, el('code', { text: attempt.head ?? '' })))));
  }
}

/** A button that goes while it has the focus leaves it to the other one. */
function showPaging(later, earlier) {
  const [newest, older] = ['newest', 'older'].map((id) => byId(`deliveries-${id}`));
  const focused = document.activeElement;
  newest.hidden = !later;
  older.hidden = !earlier;
  if (focused === older && !earlier) newest.focus();
  if (focused === newest && !later) older.focus();
}

function recoveredInWords({ recovered, more }) {
  if (recovered === 0) return 'None was given up.';
  const told = recovered === 1 ? '1 is sent again.' : `${recovered} are sent again.`;
  return more ? `${told} There may be more: ask once more.` : told;
}

function answerOf(attempt) {
  if (!attempt) return '–';
  return attempt.status === undefined ? attempt.trouble : `${attempt.status} ${attempt.verdict}`;
}
