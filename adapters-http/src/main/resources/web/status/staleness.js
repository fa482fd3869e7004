import { byId } from '../js/dom.js';
import { moment } from './words.js';

/** A short break is mended unnoticed; only a longer one is told, in milliseconds. */
const PATIENCE = 2_500;

/** Says while nothing new comes that what is shown is from before, and from when. */
export class Staleness {
  #board = document.querySelector('.board');
  #words = byId('stale');
  #heardAt = null;
  #timer = 0;

  /** Something came that was so at this time, in milliseconds. */
  heard(at) {
    this.#heardAt = at;
    this.#settle();
  }

  /** The state of the connection has changed; only what is heard makes it fresh again. */
  state(state) {
    if (state === 'live' || state === 'connecting' || this.#timer !== 0) return;
    this.#timer = setTimeout(() => this.#tell(), PATIENCE);
  }

  #tell() {
    if (this.#heardAt === null) return;
    this.#board.dataset.stale = 'true';
    this.#words.textContent = `No news since ${moment(this.#heardAt)}. What is shown here is from then.`;
  }

  #settle() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#board.dataset.stale === undefined) return;
    delete this.#board.dataset.stale;
    this.#words.textContent = '';
  }
}
