import { copy } from '../js/copy.js';
import { byId, el } from '../js/dom.js';
import { Deliveries } from './deliveries.js';
import { moment, percent, seconds } from './words.js';

const REFRESH = 5_000;
const DAY = 86_400_000;
/** Statistics that are asked for at each refresh; of more receivers each has its turn. */
const AT_ONCE = 10;
const REASONS = { requested: 'switched off', gone: 'answered that it is gone', failing: 'failed for days' };

/** Who is told of what happens: to look at, to set up, to try. Asked for while an administrator looks. */
export class Webhooks {
  #admin;
  #deliveries;
  #rows = new Map();
  #timer = null;
  #turn = 0;
  /** Whether what is told is that looking failed, which is over when it works again. */
  #lookedInVain = false;

  constructor(admin) {
    this.#admin = admin;
    this.#deliveries = new Deliveries(admin, (work) => this.#doing(work));
    byId('webhook-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#doing(() => this.#add());
    });
    byId('webhook-secret-copy').addEventListener('click', async () => {
      const done = await copy(byId('webhook-secret-text').textContent);
      byId('webhook-secret-copy').textContent = done ? 'Copied' : 'Not copied';
    });
    byId('webhook-secret-done').addEventListener('click', () => {
      this.#hideSecret();
      byId('webhooks-title').focus();
    });
  }

  show() {
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => document.hidden || this.#refresh(), REFRESH);
    this.#refresh();
  }

  hide() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#rows.clear();
    byId('webhooks-rows').replaceChildren();
    byId('webhooks').hidden = true;
    byId('webhook-form').reset();
    this.#tell('');
    this.#hideSecret();
    this.#deliveries.hide();
  }

  async #refresh() {
    if (this.#timer === null) return;
    try {
      const { items } = await this.#admin.ask('GET', '/webhooks');
      if (this.#timer === null) return;
      byId('webhooks').hidden = false;
      byId('webhooks-empty').hidden = items.length > 0;
      byId('webhooks-table').hidden = items.length === 0;
      const ids = new Set(items.map(({ id }) => id));
      for (const [id, row] of this.#rows) if (!ids.has(id)) this.#forget(id, row);
      await this.#showRows(items);
      await this.#deliveries.refresh();
      if (this.#lookedInVain) this.#tell('');
    } catch (error) {
      // A gateway without webhooks has no such address.
      if (error.status === 404 || this.#timer === null) return;
      this.#tell(error.message);
      this.#lookedInVain = true;
    }
  }

  #forget(id, row) {
    if (row.node.contains(document.activeElement)) byId('webhooks-title').focus();
    row.node.remove();
    this.#rows.delete(id);
    this.#deliveries.gone(id);
  }

  async #showRows(webhooks) {
    for (const webhook of webhooks) {
      if (!this.#rows.has(webhook.id)) {
        const row = new Row(webhook, this.#actionsOf(webhook.id));
        this.#rows.set(webhook.id, row);
        byId('webhooks-rows').append(row.node);
      }
      this.#rows.get(webhook.id).show(webhook);
    }
    const since = new Date(Date.now() - DAY).toISOString();
    const asked = Array.from({ length: Math.min(AT_ONCE, webhooks.length) },
      (_, place) => webhooks[(this.#turn + place) % webhooks.length].id);
    this.#turn += asked.length;
    await Promise.all(asked.map(async (id) => {
      const stats = await this.#admin.ask('GET', `/webhooks/${id}/stats?since=${since}`);
      this.#rows.get(id)?.count(stats);
    }));
  }

  #actionsOf(id) {
    const path = `/webhooks/${id}`;
    return {
      look: (webhook) => this.#deliveries.show(webhook),
      test: () => this.#doing(() => this.#admin.ask('POST', `${path}/test`)),
      rotate: ({ url }) => {
        if (!confirm(`Make a new secret for ${url}? The old one signs as well for a day.`)) return;
        this.#doing(async () =>
          this.#showSecret((await this.#admin.ask('POST', `${path}/rotate-secret`, {})).secret));
      },
      enable: (enabled) => this.#doing(() => this.#admin.ask('PATCH', path, { enabled })),
      remove: ({ url }) => {
        if (confirm(`Delete the webhook to ${url}? What waits for it is forgotten.`)) {
          this.#doing(() => this.#admin.ask('DELETE', path));
        }
      },
    };
  }

  async #add() {
    const url = byId('webhook-url').value.trim();
    const description = byId('webhook-description').value.trim();
    const created = await this.#admin.ask('POST', '/webhooks', { url, description });
    byId('webhook-form').reset();
    this.#showSecret(created.secret);
  }

  #showSecret(secret) {
    // Whoever has signed out meanwhile must not find it there.
    if (this.#timer === null) return;
    byId('webhook-secret-copy').textContent = 'Copy';
    byId('webhook-secret-text').textContent = secret;
    byId('webhook-secret').hidden = false;
    byId('webhook-secret').focus();
  }

  #hideSecret() {
    byId('webhook-secret-text').textContent = '';
    byId('webhook-secret').hidden = true;
  }

  /** Does it, says what is wrong if something is, and shows how things are then. */
  async #doing(work) {
    this.#tell('');
    try {
      await work();
    } catch (error) {
      this.#tell(error.message);
    }
    await this.#refresh();
  }

  #tell(text) {
    this.#lookedInVain = false;
    byId('webhooks-wrong').textContent = text;
    byId('webhooks-wrong').hidden = text === '';
  }
}

class Row {
  #webhook;
  #url = el('span', { class: 'url' });
  #state = el('td');
  #arrived = el('td', { class: 'number' });
  #within = el('td', { class: 'number' });
  #waiting = el('td', { class: 'number' });
  #failure = el('td');
  #switch;

  constructor(webhook, actions) {
    const button = (text, act) => {
      const label = `${text} ${webhook.url}`;
      const node = el('button', { type: 'button', class: 'button small', text, 'aria-label': label });
      node.addEventListener('click', () => act(this.#webhook));
      return node;
    };
    this.#switch = button('Disable', ({ enabled }) => actions.enable(!enabled));
    const buttons = [
      button('Deliveries', actions.look), button('Test', actions.test), this.#switch,
      button('New secret', actions.rotate), button('Delete', actions.remove),
    ];
    this.node = el('tr', { 'data-webhook': webhook.id },
      el('th', { scope: 'row' }, this.#url), this.#state, this.#arrived, this.#within, this.#waiting, this.#failure,
      el('td', {}, el('div', { class: 'buttons' }, buttons)));
  }

  show(webhook) {
    this.#webhook = webhook;
    this.#url.textContent = webhook.description ? `${webhook.description}: ${webhook.url}` : webhook.url;
    this.#state.textContent = webhook.enabled ? 'On' : `Off: ${REASONS[webhook.disabledReason]}`;
    const text = webhook.enabled ? 'Disable' : 'Enable';
    this.#switch.textContent = text;
    this.#switch.setAttribute('aria-label', `${text} ${webhook.url}`);
  }

  count(stats) {
    const { latencyMillis, successRatio, waiting, lastFailure } = stats;
    this.#arrived.textContent = successRatio === undefined ? '–' : percent(successRatio);
    this.#within.textContent = latencyMillis === undefined ? '–' : seconds(latencyMillis.p95 / 1_000);
    this.#waiting.textContent = `${waiting}`;
    this.#failure.textContent = lastFailure
      ? `${lastFailure.status ?? ''} ${lastFailure.trouble}, ${moment(Date.parse(lastFailure.at))}`.trim() : '–';
  }
}
