/** Painting takes at most one part in this many of the page's time, however long an answer gets. */
const SHARE = 4;

/** Gathers changes that come faster than they can be shown, and shows them together. */
export class Paint {
  #draw;
  #frame = 0;
  #timer = 0;
  #restUntil = 0;

  constructor(draw) {
    this.#draw = draw;
  }

  /** Draws with one of the next frames. */
  soon() {
    if (this.#frame !== 0 || this.#timer !== 0) return;
    const rest = this.#restUntil - performance.now();
    if (rest > 0) this.#timer = setTimeout(() => this.#request(), rest);
    else this.#request();
  }

  #request() {
    this.#timer = 0;
    this.#frame = requestAnimationFrame(() => this.now());
  }

  /** Draws at once; frames do not come in a tab that is hidden. */
  now() {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#timer = 0;
    this.#frame = 0;
    const begun = performance.now();
    this.#draw();
    const ended = performance.now();
    this.#restUntil = ended + (ended - begun) * (SHARE - 1);
  }
}
