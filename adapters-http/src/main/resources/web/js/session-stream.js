import { pause, TIMING, Watch } from './connection.js';
import { parseObject, readEvents } from './sse.js';

/** Nothing waits for this stream, so its tries become rarer than those of an answer. */
const CALM = { ...TIMING, longestPause: 15_000 };
const GONE = new Set([401, 403, 404, 410]);

/**
 * Follows a session's stream for as long as it is wanted, through any number of connections. It has no cursor: every
 * connection begins with how things stand, and `onOpen(again)` is the moment to read whatever may have been missed.
 */
export class SessionStream {
  #options;
  #attempt = 0;
  #opened = false;

  /** Options: open(signal), deliver(event), onOpen(again), signal, wake, timing. */
  constructor(options) {
    this.#options = { timing: CALM, random: Math.random, ...options };
  }

  /** Resolves with `left` when the signal was aborted, or with `gone` when there is no such stream. */
  async run() {
    const { signal } = this.#options;
    while (!signal.aborted) {
      if (await this.#connect() === 'gone') return 'gone';
      if (signal.aborted) break;
      this.#attempt += 1;
      await pause(this.#attempt, this.#options);
    }
    return 'left';
  }

  async #connect() {
    const watch = new Watch(this.#options);
    try {
      const response = await this.#options.open(watch.signal);
      if (GONE.has(response.status)) return 'gone';
      if (!response.ok) return null;
      this.#options.onOpen(this.#opened);
      this.#opened = true;
      await readEvents(response.body, { onChunk: () => this.#alive(watch), onEvent: (event) => this.#take(event) });
    } catch {
      // A connection that breaks is one more that has ended.
    } finally {
      watch.end();
    }
    return null;
  }

  #alive(watch) {
    this.#attempt = 0;
    watch.touch();
  }

  #take({ event, data }) {
    const content = parseObject(data);
    if (content !== null) this.#options.deliver({ ...content, type: content.type ?? event });
  }
}
