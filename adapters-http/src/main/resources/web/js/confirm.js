import { byId, el } from './dom.js';
import { problemDetails } from './problem-details.js';

/** A question in a dialog, with what is done when it is confirmed. */
export class Confirm {
  #dialog;
  #failure;
  #act;
  #acting = false;
  #back = null;

  /**
   * The dialog has the id `name-dialog`, its buttons `name-close` and `name-confirm`, its place for a failure
   * `name-failure`. `act()` does it, and gives the element that has the focus then; it throws what went wrong.
   */
  constructor(name, act) {
    this.#act = act;
    this.#dialog = byId(`${name}-dialog`);
    this.#failure = byId(`${name}-failure`);
    closesLightly(this.#dialog, byId(`${name}-close`));
    byId(`${name}-confirm`).addEventListener('click', () => this.#do());
    this.#dialog.addEventListener('close', () => this.#back?.focus({ preventScroll: true }));
  }

  /** Asks; `opener` has the focus again when nothing was done. */
  ask(opener) {
    this.#back = opener;
    this.#failure.hidden = true;
    this.#dialog.showModal();
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Lets go of the question; `back` has the focus then. */
  close(back = this.#back) {
    this.#back = back;
    this.#dialog.close();
  }

  async #do() {
    if (this.#acting) return;
    this.#acting = true;
    this.#failure.hidden = true;
    try {
      this.close(await this.#act());
    } catch (failure) {
      showFailure(this.#failure, failure);
    } finally {
      this.#acting = false;
    }
  }
}

/** Lets a dialog be closed by its button and by a click outside of it. */
export function closesLightly(dialog, button) {
  button.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
}

/** Tells what the gateway refused; anything else is a fault of the page, and thrown. */
export function showFailure(place, failure) {
  if (!failure.problem) throw failure;
  place.replaceChildren(el('p', { text: `That did not work. ${failure.message}` }),
    problemDetails(failure.problem) ?? '');
  place.hidden = false;
}
