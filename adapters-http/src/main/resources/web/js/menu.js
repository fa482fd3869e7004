import { Confirm } from './confirm.js';
import { byId } from './dom.js';
import { SessionDialog } from './session/dialog.js';

/** The menu of the header and the dialogs that it opens. */
export class Menu {
  #button = byId('menu-button');
  #list = byId('menu');
  #chat;
  #session;
  #clear;
  #forget;

  /** `surface` has over(), called when the session turns out to be over, and restingPlace(). */
  constructor(chat, gateway, surface) {
    this.#chat = chat;
    this.#button.addEventListener('click', () => (this.isOpen ? this.close() : this.#open()));
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.isOpen && !this.#list.contains(target) && !this.#button.contains(target)) this.close();
    });
    this.#list.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !this.#list.contains(relatedTarget) && relatedTarget !== this.#button) this.close();
    });
    const after = async (act) => {
      await act();
      this.#session.close(surface.restingPlace());
      return surface.restingPlace();
    };
    this.#clear = new Confirm('clear', () => after(() => chat.clear()));
    this.#forget = new Confirm('forget', () => after(() => chat.forget()));
    this.#session = new SessionDialog(gateway, {
      renew: () => chat.renew(),
      clear: (opener) => this.#clear.ask(opener),
      forget: (opener) => this.#forget.ask(opener),
    }, surface);
    byId('menu-clear').addEventListener('click', () => {
      this.close();
      this.#clear.ask(this.#button);
    });
    byId('menu-session').addEventListener('click', () => {
      this.close();
      this.#session.show(this.#button, { known: chat.session, busy: chat.busy });
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  #open() {
    this.#list.hidden = false;
    this.#button.setAttribute('aria-expanded', 'true');
    const blocked = this.#chat.busy;
    byId('menu-clear').disabled = blocked;
    byId('menu-clear-hint').hidden = !blocked;
    this.#list.querySelector('button:not(:disabled)')?.focus();
  }

  close() {
    this.#list.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
  }

  /** Closes what is about a session that is over, if anything is open; `back` has the focus then. */
  leaveSession(back) {
    for (const dialog of [this.#clear, this.#forget, this.#session]) if (dialog.isOpen) dialog.close(back);
  }
}
