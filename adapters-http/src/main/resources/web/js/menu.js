import { byId, el } from './dom.js';

/** The menu of the header and the two dialogs that it opens. */
export class Menu {
  #button = byId('menu-button');
  #list = byId('menu');
  #chat;
  #gateway;

  constructor(chat, gateway) {
    this.#chat = chat;
    this.#gateway = gateway;
    this.#button.addEventListener('click', () => (this.isOpen ? this.close() : this.#open()));
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.isOpen && !this.#list.contains(target) && !this.#button.contains(target)) this.close();
    });
    this.#list.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !this.#list.contains(relatedTarget) && relatedTarget !== this.#button) this.close();
    });
    this.#wire('clear');
    this.#wire('kept');
    byId('clear-confirm').addEventListener('click', () => this.#act('clear', () => chat.clear()));
    byId('forget').addEventListener('click', () => this.#act('kept', () => chat.forget()));
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

  #wire(name) {
    const dialog = byId(`${name}-dialog`);
    byId(`menu-${name}`).addEventListener('click', () => {
      this.close();
      byId(`${name}-failure`).hidden = true;
      if (name === 'kept') this.#describe();
      dialog.showModal();
    });
    byId(`${name}-close`).addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => this.#button.focus());
  }

  async #act(name, action) {
    try {
      await action();
      byId(`${name}-dialog`).close();
      byId('message').focus();
    } catch (failure) {
      if (!failure.problem) throw failure;
      byId(`${name}-failure`).textContent = `That did not work. ${failure.message}`;
      byId(`${name}-failure`).hidden = false;
    }
  }

  async #describe() {
    showSession(this.#chat.session);
    byId('tools-part').hidden = true;
    // Both only add detail to what is shown already, so a failure leaves it as it is.
    const [session, tools] = await Promise.allSettled([this.#gateway.session(), this.#gateway.tools()]);
    if (session.status === 'fulfilled') showSession(session.value);
    if (tools.status === 'fulfilled') showTools(tools.value);
  }
}

function showSession(session) {
  byId('kept-until').textContent = session
    ? keptUntil(session)
    : 'There is no session yet: nothing about you is kept.';
  byId('forget').disabled = !session;
}

function showTools(tools) {
  byId('tools').replaceChildren(...tools.map(({ name, description }) => el('li', {},
    el('code', { text: name }), ` ${description ?? ''}`)));
  byId('tools-part').hidden = tools.length === 0;
}

function keptUntil({ expiresAt }) {
  if (!expiresAt) return 'Your messages and the answers are kept as long as the session lasts.';
  const until = new Date(expiresAt).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
  return `Your messages and the answers are kept until ${until}, and longer each time you use them.`;
}
