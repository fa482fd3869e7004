/** Times in milliseconds. A stream without a byte for `silence` is dead: heartbeats come every 15 s. */
export const TIMING = { silence: 40_000, stale: 20_000, firstPause: 300, longestPause: 5_000 };

/**
 * Waits before try number `attempt`, longer each time and by a random part, unless the browser comes online, the tab is
 * shown, or all is over.
 */
export function pause(attempt, { timing, random, wake, signal }) {
  const longest = Math.min(timing.longestPause, timing.firstPause * 2 ** (attempt - 1));
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unwake();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, longest * (0.5 + random() / 2));
    const unwake = wake(done);
    signal.addEventListener('abort', done);
  });
}

/** Ends a connection that has fallen silent, or that turns out stale when the device wakes up. */
export class Watch {
  #controller = new AbortController();
  #timing;
  #timer;
  #last = Date.now();
  #undo;

  constructor({ timing, wake, signal }) {
    this.#timing = timing;
    this.signal = this.#controller.signal;
    const abort = () => this.#controller.abort();
    signal.addEventListener('abort', abort);
    const unwake = wake(() => {
      if (Date.now() - this.#last > timing.stale) abort();
    });
    this.#undo = () => {
      signal.removeEventListener('abort', abort);
      unwake();
    };
    this.touch();
  }

  touch() {
    this.#last = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#timing.silence);
  }

  end() {
    clearTimeout(this.#timer);
    this.#undo();
    this.#controller.abort();
  }
}
