import { pause, TIMING, Watch } from './connection.js';
import { problemOf } from './problems.js';
import { parseObject, readEvents } from './sse.js';

const GONE = new Set([401, 404, 410]);
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** How often an ask that is answered by something other than the gateway, such as a proxy, is tried again. */
const ASK_ATTEMPTS = 5;

/**
 * Follows one run to its end through any number of connections, giving each event exactly once and in order.
 *
 * `ask(signal)` starts the run (absent when the run is already known); `follow(runId, cursor, signal)` attaches to it.
 * Both give a Response. Until run.started has arrived the ask is repeated, with the same key, so that the gateway
 * leads it to the same run; after that only `follow` is used, from the last cursor.
 *
 * `run()` resolves once, with {kind}: `finished` (run.finished was delivered), `over` (nothing left to follow),
 * `gone` (the run or its log is not held: history knows), `refused` {problem}, or `left` (the signal was aborted).
 */
export class RunStream {
  #options;
  #cursor = null;
  #attempt = 0;
  #finished = false;

  /** Options: ask, follow, runId, deliver(event), onRunId(id), onState('open' | 'retrying'), signal, wake, timing. */
  constructor(options) {
    this.#options = { timing: TIMING, random: Math.random, ...options };
    this.runId = options.runId ?? null;
    this.started = this.runId !== null;
  }

  async run() {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const ending = await this.#connect();
      if (ending) return ending;
      if (signal.aborted) break;
      this.#options.onState('retrying');
      await this.#pause();
    }
    return { kind: 'left' };
  }

  /** One connection, from its request to its end; null when another has to follow it. */
  async #connect() {
    const watch = new Watch(this.#options);
    try {
      const response = await this.#open(watch.signal);
      const verdict = await this.#judge(response);
      if (verdict !== 'stream') return verdict;
      this.#noteRunId(response.headers.get('x-run-id'));
      this.#options.onState('open');
      await readEvents(response.body, {
        onChunk: () => watch.touch(),
        onEvent: (event) => this.#take(event),
      });
    } catch (failure) {
      if (failure instanceof DeliveryFailure) throw failure.cause;
    } finally {
      watch.end();
    }
    return this.#finished ? { kind: 'finished' } : null;
  }

  #open(signal) {
    return this.started
      ? this.#options.follow(this.runId, this.#cursor, signal)
      : this.#options.ask(signal);
  }

  async #judge(response) {
    const { status } = response;
    if (status === 204) return { kind: 'over' };
    if (response.ok) return 'stream';
    if (this.started) return GONE.has(status) ? { kind: 'gone' } : this.#again(response);
    const problem = await problemOf(response);
    const passing = PASSING.has(status) && problem.code === undefined && this.#attempt < ASK_ATTEMPTS;
    return passing ? null : { kind: 'refused', problem };
  }

  async #again(response) {
    await response.body?.cancel();
    return null;
  }

  #take({ event, data }) {
    const content = this.#finished ? null : parseObject(data);
    if (content === null) return;
    // Not the event's id: one without an id, such as a notice, is given the id of the event before it.
    const { cursor } = content;
    if (cursor && this.#cursor && !isAfter(cursor, this.#cursor)) return;
    this.#attempt = 0;
    if (cursor) this.#cursor = cursor;
    if (content.runId) this.#noteRunId(content.runId);
    const type = content.type ?? event;
    if (type === 'run.started') this.started = this.runId !== null;
    this.#finished = type === 'run.finished';
    try {
      this.#options.deliver({ ...content, type });
    } catch (cause) {
      throw new DeliveryFailure(cause);
    }
  }

  #noteRunId(runId) {
    if (!runId || runId === this.runId) return;
    this.runId = runId;
    this.#options.onRunId?.(runId);
  }

  #pause() {
    this.#attempt += 1;
    return pause(this.#attempt, this.#options);
  }
}

/** A fault of the page itself while it shows an event: connecting again would not mend it. */
class DeliveryFailure extends Error {
  constructor(cause) {
    super('an event could not be shown', { cause });
  }
}

/** Whether a cursor `<epoch>-<seq>` comes after another; cursors of another form are not compared. */
export function isAfter(cursor, other) {
  const [epoch, seq] = cursor.split('-').map(Number);
  const [otherEpoch, otherSeq] = other.split('-').map(Number);
  if ([epoch, seq, otherEpoch, otherSeq].some((part) => !Number.isSafeInteger(part))) return true;
  return epoch > otherEpoch || (epoch === otherEpoch && seq > otherSeq);
}
