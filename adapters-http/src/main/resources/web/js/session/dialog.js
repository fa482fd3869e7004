import { closesLightly, showFailure } from '../confirm.js';
import { byId, el } from '../dom.js';
import { distanceInWords, momentInWords } from './words.js';

/** How often "in 23 hours" is reckoned anew, in milliseconds. */
const TICK = 15_000;
const RENEWED = 'Done. The old key opens nothing any more.';

/**
 * "Your session": what is kept and until when, and what a person can do about it. `acts` are renew(), clear(opener)
 * and forget(opener), which ask first; `surface.over()` is called when the session turns out to be over.
 */
export class SessionDialog {
  #dialog = byId('session-dialog');
  #failure = byId('session-failure');
  #renewed = byId('session-renewed');
  #gateway;
  #acts;
  #surface;
  #back = null;
  #timer = 0;
  #session = null;
  #renewing = false;

  constructor(gateway, acts, surface) {
    this.#gateway = gateway;
    this.#acts = acts;
    this.#surface = surface;
    closesLightly(this.#dialog, byId('session-close'));
    this.#dialog.addEventListener('close', () => {
      clearInterval(this.#timer);
      this.#back?.focus({ preventScroll: true });
    });
    byId('session-renew').addEventListener('click', () => this.#renew());
    for (const act of ['clear', 'forget']) {
      byId(`session-${act}`).addEventListener('click', ({ currentTarget }) => acts[act](currentTarget));
    }
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Shows what is known of the session, and then what the gateway tells. `busy`: an answer is being written. */
  show(opener, { known, busy }) {
    this.#back = opener;
    this.#failure.hidden = true;
    this.#renewed.textContent = '';
    byId('session-clear').disabled = busy;
    byId('session-clear-hint').textContent = busy
      ? 'Possible when the answer has ended.' : 'Messages and answers go, your documents stay.';
    byId('tools-part').hidden = true;
    this.#tell(known);
    this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    byId('session-title').focus({ preventScroll: true });
    this.#timer = setInterval(() => this.#tell(this.#session), TICK);
    return this.#ask(known);
  }

  /** Lets go of the dialog; `back` has the focus then. */
  close(back = this.#back) {
    this.#back = back;
    this.#dialog.close();
  }

  async #ask(known) {
    // Both only add detail to what is shown already, so a failure leaves it as it is.
    const [session, tools] = await Promise.allSettled([this.#gateway.session(), this.#gateway.tools()]);
    if (!this.isOpen) return;
    if (tools.status === 'fulfilled') showTools(tools.value);
    if (session.status !== 'fulfilled') return;
    if (session.value === null && known) this.#surface.over();
    else this.#tell(session.value);
  }

  #tell(session) {
    this.#session = session;
    byId('session-none').hidden = session !== null;
    byId('session-there').hidden = session === null;
    if (session) byId('session-facts').replaceChildren(...factsOf(session, Date.now()));
  }

  async #renew() {
    if (this.#renewing) return;
    this.#renewing = true;
    this.#failure.hidden = true;
    this.#renewed.textContent = '';
    try {
      this.#tell({ ...this.#session, ...await this.#acts.renew() });
      this.#renewed.textContent = RENEWED;
    } catch (failure) {
      if (failure.problem?.status === 401) this.#surface.over();
      else showFailure(this.#failure, failure);
    } finally {
      this.#renewing = false;
    }
  }
}

function factsOf({ createdAt, expiresAt, latestExpiresAt }, now) {
  return [
    fact('Opened', createdAt, now),
    fact('Ends', expiresAt, now, 'unless you come back: each use moves this'),
    fact('At the latest', latestExpiresAt, now),
  ].flat();
}

/** A moment with its distance; what is not known has no line. */
function fact(name, moment, now, more = null) {
  if (!moment) return [];
  const distance = distanceInWords(Date.parse(moment), now);
  return [el('div', {}, el('dt', { text: name }),
    el('dd', {}, el('time', { datetime: moment, text: momentInWords(moment) }),
      el('span', { class: 'hint', text: [distance, more].filter(Boolean).join(', ') })))];
}

function showTools(tools) {
  byId('tools').replaceChildren(...tools.map(({ name, description }) => el('li', {},
    el('code', { text: name }), ` ${description ?? ''}`)));
  byId('tools-part').hidden = tools.length === 0;
}
