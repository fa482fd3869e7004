/** Nearer to the end than this counts as being there, in pixels. */
const NEAR = 48;

/** Keeps the end of the conversation in view as it grows, until the person scrolls up to read. */
export class Scroll {
  #frame;
  #content;
  #button;
  #pinned = true;
  #top = 0;

  constructor(frame, content, button) {
    this.#frame = frame;
    this.#content = content;
    this.#button = button;
    frame.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    button.addEventListener('click', () => this.toLatest());
    const grown = new ResizeObserver(() => this.follow());
    grown.observe(content);
    grown.observe(frame);
  }

  /** Back to the end, whatever was being read. */
  toLatest() {
    this.#pinned = true;
    this.follow();
  }

  follow() {
    if (this.#pinned && this.#content.childElementCount > 0) this.#frame.scrollTop = this.#frame.scrollHeight;
    this.#update();
  }

  #scrolled() {
    const { scrollTop } = this.#frame;
    if (this.#distance() < NEAR) this.#pinned = true;
    else if (scrollTop < this.#top) this.#pinned = false;
    this.#top = scrollTop;
    this.#update();
  }

  #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#frame;
    return scrollHeight - scrollTop - clientHeight;
  }

  #update() {
    this.#button.hidden = this.#pinned || this.#distance() < NEAR;
  }
}
