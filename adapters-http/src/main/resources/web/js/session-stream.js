import { pause, TIMING, Watch } from './connection.js';
import { parseObject, readEvents } from './sse.js';

/** Nothing waits for this stream, so its tries become rarer than those of an answer. */
const CALM = { ...TIMING, longestPause: 15_000 };
const GONE = new Set([403, 404, 410]);

/**
 * Follows a session's stream for as long as it is wanted, through any number of connections. It has no cursor: every
 * connection begins with how things stand, and `onOpen(again)` is the moment to read whatever may have been missed.
 */
export class SessionStream {
  #options;
  #attempt = 0;
  #opened = false;
  #doubted = false;
  /** Whether there is a connection right now. */
  connected = false;

  /** Options: open(signal), deliver(event), onOpen(again), signal, wake, timing. */
  constructor(options) {
    this.#options = { timing: CALM, random: Math.random, ...options };
  }

  /** Resolves with `left` when the signal was aborted, `ended` when the session is over, `gone` without a stream. */
  async run() {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const ending = await this.#connect();
      if (ending) return ending;
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
      if (response.status === 401) return this.#doubt();
      if (!response.ok) return null;
      this.#options.onOpen(this.#opened);
      this.#opened = true;
      this.#doubted = false;
      this.connected = true;
      await readEvents(response.body, { onChunk: () => this.#alive(watch), onEvent: (event) => this.#take(event) });
    } catch {
      // A connection that breaks is one more that has ended.
    } finally {
      this.connected = false;
      watch.end();
    }
    return null;
  }

  /** Another tab may just be replacing the session's key, so one that was good is tried once more. */
  #doubt() {
    if (!this.#opened || this.#doubted) return 'ended';
    this.#doubted = true;
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
