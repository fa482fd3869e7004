import { upload } from './upload.js';

/** Most files that wait to be sent. */
export const MAX_WAITING = 100;
/** Longest rest between two files that the gateway asks for, in seconds; one that asks for more is not waited for. */
const LONGEST_REST = 30;

/**
 * Sends files one after the other, each in a request of its own, so that each has its own progress, can be left alone,
 * and one that breaks takes no other with it. `tell(key, changes)` is called for what happens to a file.
 */
export class Uploads {
  #waiting = [];
  #files = new Map();
  #current = null;
  #count = 0;
  #rest = 0;
  #handlers;

  /** Handlers: begin(key, file), prepare(signal), tell(key, changes), accepted(key, job), left(key). */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** Takes as many of the files as may wait, and gives how many that are. */
  add(files) {
    const taken = files.slice(0, MAX_WAITING - this.#waiting.length);
    for (const file of taken) {
      this.#count += 1;
      const key = `upload-${this.#count}`;
      this.#files.set(key, file);
      this.#handlers.begin(key, file);
      this.#waiting.push(key);
    }
    this.#next();
    return taken.length;
  }

  get active() {
    return this.#current !== null || this.#waiting.length > 0;
  }

  again(key) {
    if (!this.#files.has(key) || this.#waiting.includes(key)) return;
    this.#handlers.tell(key, { state: 'waiting', loaded: 0 });
    this.#waiting.push(key);
    this.#next();
  }

  /** Leaves a file alone, wherever it is on its way. */
  cancel(key) {
    this.#waiting = this.#waiting.filter((each) => each !== key);
    if (this.#current?.key === key) this.#current.leave.abort();
    else this.#left(key);
  }

  /** Lets go of a file that will not be sent any more. */
  drop(key) {
    this.#files.delete(key);
  }

  stop() {
    this.#waiting = [];
    this.#files.clear();
    this.#current?.leave.abort();
  }

  #left(key) {
    this.drop(key);
    this.#handlers.left(key);
  }

  async #next() {
    if (this.#current || this.#waiting.length === 0) return;
    const key = this.#waiting.shift();
    const leave = new AbortController();
    this.#current = { key, leave };
    try {
      await this.#send(key, leave.signal);
    } finally {
      this.#current = null;
      this.#next();
    }
  }

  async #send(key, signal) {
    const file = this.#files.get(key);
    const { tell } = this.#handlers;
    await this.#pause(signal);
    if (signal.aborted) return this.#left(key);
    tell(key, { state: 'sending', loaded: 0 });
    const refusal = await this.#handlers.prepare(signal);
    const outcome = refusal ?? await upload(file, {
      signal, onProgress: (part) => tell(key, { loaded: Math.round(part * file.size) }),
    });
    if (outcome.left || signal.aborted) return this.#left(key);
    if (outcome.problem) {
      this.#rest = outcome.problem.retryAfterSeconds ?? 0;
      return tell(key, { state: 'refused', problem: outcome.problem });
    }
    this.drop(key);
    return this.#handlers.accepted(key, outcome.job);
  }

  /** After a refusal that asks for patience the next file has it. */
  #pause(signal) {
    const seconds = Math.min(this.#rest, LONGEST_REST);
    this.#rest = 0;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1_000);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
