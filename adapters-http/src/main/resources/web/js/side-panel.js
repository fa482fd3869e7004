import { byId } from './dom.js';

/** Where there is room for a panel beside the conversation. */
const BESIDE = '(min-width: 64rem)';

/** A panel beside the conversation where there is room, and over it on a phone. At most one is open. */
export class SidePanel {
  static #open = null;
  #dialog;
  #title;
  #opener = null;
  #onChange;
  #wide = window.matchMedia(BESIDE);

  /**
   * The dialog has the id `name`, its title `name-title`, its closing button `name-close`. `onChange` is told of every
   * opening and closing.
   */
  constructor(name, onChange = () => {}) {
    this.#onChange = onChange;
    this.#dialog = byId(name);
    this.#title = byId(`${name}-title`);
    byId(`${name}-close`).addEventListener('click', () => this.close());
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog && this.#dialog.matches(':modal')) this.close();
    });
    this.#wide.addEventListener('change', () => this.isOpen && this.#place(document.activeElement));
  }

  /** The panel that is open, or null. A dialog tells of its closing later than it closes. */
  static get current() {
    return SidePanel.#open?.isOpen ? SidePanel.#open : null;
  }

  get isOpen() {
    return this.#dialog.open;
  }

  show(opener) {
    if (SidePanel.#open !== this) SidePanel.#open?.close();
    this.#release();
    this.#opener = opener;
    opener.setAttribute('aria-expanded', 'true');
    SidePanel.#open = this;
    this.#place(this.#title);
    this.#onChange();
  }

  #place(focus) {
    if (this.isOpen) this.#dialog.close();
    if (this.#wide.matches) this.#dialog.show();
    else this.#dialog.showModal();
    document.documentElement.classList.toggle('with-side', this.#wide.matches);
    focus.focus({ preventScroll: true });
  }

  close() {
    this.#dialog.close();
  }

  /** Told a moment after the closing; by then it may be open again, for something else or in another place. */
  #closed() {
    if (this.isOpen) return;
    if (SidePanel.#open === this) {
      SidePanel.#open = null;
      document.documentElement.classList.remove('with-side');
      if (this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
    }
    this.#release();
    this.#onChange();
  }

  #release() {
    if (this.#opener?.hasAttribute('aria-haspopup')) this.#opener.setAttribute('aria-expanded', 'false');
    else this.#opener?.removeAttribute('aria-expanded');
    this.#opener = null;
  }
}
