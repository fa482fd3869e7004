import { byId, el } from '../js/dom.js';
import { moment, seconds } from './words.js';

/** What was and is sent to one endpoint, and one of it in detail. */
export class Deliveries {
  #admin;
  #doing;
  #webhook = null;
  #looked = null;

  /** @param doing does something, tells what went wrong, and refreshes */
  constructor(admin, doing) {
    this.#admin = admin;
    this.#doing = doing;
    byId('deliveries-state').addEventListener('change', () => this.#doing(() => {}));
    byId('deliveries-recover').addEventListener('click', () => this.#doing(() =>
      this.#admin.ask('POST', `/webhooks/${this.#webhook.id}/recover`, { since: '1970-01-01T00:00:00Z' })));
    byId('deliveries-close').addEventListener('click', () => this.hide());
    byId('delivery-again').addEventListener('click', () => this.#doing(() =>
      this.#admin.ask('POST', `/webhooks/deliveries/${this.#looked}/redeliver`)));
  }

  show(webhook) {
    this.#webhook = webhook;
    this.#forgetOne();
    byId('deliveries-rows').replaceChildren();
    byId('deliveries-title').textContent = `Deliveries to ${webhook.url}`;
    byId('deliveries').hidden = false;
    byId('deliveries-title').focus();
    this.#doing(() => {});
  }

  hide() {
    this.#webhook = null;
    byId('deliveries').hidden = true;
    byId('deliveries-rows').replaceChildren();
    this.#forgetOne();
  }

  #forgetOne() {
    this.#looked = null;
    byId('delivery').hidden = true;
    byId('delivery-payload').textContent = '';
    byId('delivery-attempts').replaceChildren();
  }

  /** This endpoint is no more. */
  gone(id) {
    if (this.#webhook?.id === id) this.hide();
  }

  async refresh() {
    if (this.#webhook === null) return;
    const state = byId('deliveries-state').value;
    const only = state === '' ? '' : `&state=${state}`;
    const { items } = await this.#admin.ask('GET', `/webhooks/${this.#webhook.id}/deliveries?limit=50${only}`);
    if (this.#webhook === null) return;
    byId('deliveries-empty').hidden = items.length > 0;
    const focused = document.activeElement?.closest?.('[data-delivery]')?.dataset.delivery;
    byId('deliveries-rows').replaceChildren(...items.map((delivery) => this.#rowOf(delivery)));
    if (focused) document.querySelector(`[data-delivery="${focused}"] button`)?.focus();
    if (this.#looked === null) return;
    try {
      await this.#showOne();
    } catch (error) {
      if (error.status !== 404) throw error;
      // It has been kept for long enough.
      this.#forgetOne();
    }
  }

  #rowOf({ id, eventType, state, deadReason, attempts, createdAt, lastAttempt }) {
    const look = el('button', { type: 'button', class: 'button small', text: 'Look', 'aria-label': `Look at ${id}` });
    look.addEventListener('click', () => {
      this.#looked = id;
      this.#doing(() => byId('delivery').scrollIntoView({ block: 'nearest' }));
    });
    return el('tr', { 'data-delivery': id, 'data-state': state },
      el('td', {}, el('time', { datetime: createdAt, text: moment(Date.parse(createdAt)) })),
      el('td', { text: eventType }), el('td', { text: deadReason ? `${state}: ${deadReason}` : state }),
      el('td', { class: 'number', text: `${attempts}` }), el('td', { text: answerOf(lastAttempt) }),
      el('td', {}, look));
  }

  async #showOne() {
    const { delivery, event, attempts } = await this.#admin.ask('GET', `/webhooks/deliveries/${this.#looked}`);
    if (this.#looked !== delivery.id) return;
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

function answerOf(attempt) {
  if (!attempt) return '–';
  return attempt.status === undefined ? attempt.trouble : `${attempt.status} ${attempt.verdict}`;
}
