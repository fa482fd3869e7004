import { parseObject, readEvents } from '../js/sse.js';

/** Times in milliseconds. A stream that is silent for longer than its heartbeats allow is opened anew. */
const SILENCE = 20_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * Follows the status, over and over. Not an EventSource: that can send no header, and the key must not be in an
 * address. `onEvent(data)` is told of events; `onState(word)` of live, reconnecting, refused and unreachable;
 * `onKey(granted)` whether the key that was given opens anything. One that does not is forgotten.
 */
export class Feed {
  #handlers;
  #key = null;
  #current = null;
  #wake = () => {};

  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** Watches with this key from now on, or without one. */
  use(key) {
    this.#key = key;
    this.#current?.abort('anew');
    this.#wake();
  }

  async run() {
    let wait = FIRST_WAIT;
    for (;;) {
      this.#current = new AbortController();
      const { signal } = this.#current;
      const { state, retryAfter = 0 } = await this.#follow(this.#current).catch(() => ({ state: 'unreachable' }));
      if (signal.reason === 'anew') {
        wait = FIRST_WAIT;
        continue;
      }
      if (state === 'reconnecting') wait = FIRST_WAIT;
      this.#handlers.onState(state);
      await this.#pause(Math.max(wait, retryAfter));
      wait = Math.min(2 * wait, LONGEST_WAIT);
    }
  }

  async #follow(controller) {
    const key = this.#key;
    const { signal } = controller;
    let watchdog = 0;
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => controller.abort('silence'), SILENCE);
    };
    watch();
    try {
      const headers = { Accept: 'text/event-stream', ...(key === null ? {} : { Authorization: `Bearer ${key}` }) };
      const response = await fetch('/status/events', { headers, signal, cache: 'no-store', credentials: 'omit' });
      if (response.status === 403 && key !== null) {
        this.#handlers.onKey(false);
        this.use(null);
      }
      if (!response.ok) return { state: 'refused', retryAfter: 1_000 * Number(response.headers.get('retry-after')) };
      if (key !== null) this.#handlers.onKey(true);
      this.#handlers.onState('live');
      await this.#read(response.body, signal, watch);
      return { state: 'reconnecting' };
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #read(body, signal, onChunk) {
    const onEvent = ({ data }) => {
      if (signal.aborted) return;
      // What fails on this page is no break of the stream: it is told as such, and the stream goes on.
      queueMicrotask(() => this.#handlers.onEvent(parseObject(data)));
    };
    await readEvents(body, { onChunk, onEvent }).catch(() => {});
  }

  #pause(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
