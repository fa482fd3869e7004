import { problemOf } from './problems.js';
import { RunStream } from './run-stream.js';
import { SessionStream } from './session-stream.js';

/** Most pages of history that are read, 100 messages each. */
const MAX_HISTORY_PAGES = 50;
const PAGE_SIZE = 100;
/** A plain call that has no answer by then has failed, in milliseconds. */
const CALL_TIMEOUT = 15_000;
/** How many documents are asked for at once. */
const DOCUMENTS_PAGE = 50;
const UNREACHABLE = { status: 0, title: 'The gateway could not be reached.' };

/** A call that the gateway refused, or that did not reach it (`problem.status` is 0 then). */
export class GatewayFailure extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? `status ${problem.status}`);
    this.problem = problem;
  }
}

/** What the page asks of the gateway, over REST and Server-Sent Events. */
export class Gateway {
  /** Waits while the session's key is being replaced: what goes out with the old one proves nothing. */
  #fetch;
  #fetchNow;
  #stream;
  #sessionOver;
  #renewing = null;
  /** Null until the gateway was asked. */
  #hasSession = null;
  #opening = null;
  /** The session that this page opened last, as it was then; null before. */
  opened = null;

  /**
   * `wake(listener)` registers for moments worth a new try; `sessionOver()` is told when a call was refused because the
   * session has ended; `timing` and `random` are set by tests.
   */
  constructor({ fetch, wake, sessionOver = () => {}, ...stream }) {
    this.#fetchNow = fetch;
    this.#fetch = async (...call) => {
      await this.#renewing;
      return fetch(...call);
    };
    this.#sessionOver = sessionOver;
    this.#stream = { wake, ...stream };
  }

  /** The session of this browser, or null when it has none. */
  async session() {
    const response = await this.#call('GET', '/sessions/current', [401, 404]);
    this.#hasSession = response.status === 200;
    return this.#hasSession ? response.json() : null;
  }

  /** All messages of a session, oldest first. */
  async history(sessionId) {
    const messages = [];
    let cursor = null;
    for (let page = 0; page < MAX_HISTORY_PAGES; page += 1) {
      const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const response = await this.#call('GET', `${historyPath(sessionId)}?limit=${PAGE_SIZE}${after}`);
      const { items, nextCursor } = await response.json();
      messages.push(...items);
      cursor = nextCursor ?? null;
      if (cursor === null) break;
    }
    return messages;
  }

  async clearHistory(sessionId) {
    await this.#call('DELETE', historyPath(sessionId));
  }

  async endSession() {
    await this.#call('DELETE', '/sessions/current', [401, 404]);
    this.#hasSession = false;
  }

  /** Replaces the session's key, and gives the session; the key itself stays in the cookie. */
  async renewSession() {
    const renewal = this.#reach('POST', '/sessions/current/renew', this.#fetchNow);
    this.#renewing = renewal.catch(() => {}).finally(() => {
      this.#renewing = null;
    });
    const response = await renewal;
    if (!response.ok) throw new GatewayFailure(await problemOf(response));
    return withoutKey(await response.json());
  }

  async tools() {
    const response = await this.#call('GET', '/agent/tools');
    return (await response.json()).items;
  }

  /** Asks for the end of a run; that it has ended is told by its run.finished alone. */
  async cancel(runId) {
    await this.#call('POST', `/agent/runs/${encodeURIComponent(runId)}/cancel`, [404, 409]);
  }

  /** Sends a message and follows its answer; `key` stays the same for every try to send the same message. */
  ask(message, key, handlers) {
    const body = JSON.stringify({ message });
    const headers = {
      Accept: 'text/event-stream',
      'Content-Type': 'application/json',
      'Idempotency-Key': `"${key}"`,
    };
    const ask = async (signal) => {
      const refused = await this.#openSession(signal);
      return refused ?? this.#fetch('/agent/chat', { method: 'POST', headers, body, signal, cache: 'no-store' });
    };
    return this.#follower({ ask, ...handlers });
  }

  /**
   * A message whose first try breaks is known again only within a session, so a newcomer gets one before it. Who asks
   * while one is being opened gets the same.
   */
  async #openSession(signal) {
    if (this.#hasSession !== false) return null;
    this.#opening ??= this.#post('/sessions').finally(() => {
      this.#opening = null;
    });
    const response = await within(signal, this.#opening);
    this.#hasSession = response.ok;
    if (!response.ok) return response.clone();
    this.opened = withoutKey(await response.clone().json());
    return null;
  }

  #post(path) {
    return this.#fetch(path, { method: 'POST', signal: AbortSignal.timeout(CALL_TIMEOUT), cache: 'no-store' });
  }

  /** Opens a session unless there is one; true when it was this call that needed it. */
  async openSession(signal) {
    await this.#renewing;
    if (this.#hasSession !== false) return false;
    const refused = await this.#openSession(signal).catch(() => {
      throw new GatewayFailure(UNREACHABLE);
    });
    if (refused) throw new GatewayFailure(await problemOf(refused));
    return true;
  }

  /** Follows a run that is already there, from its beginning. */
  follow(runId, handlers) {
    return this.#follower({ runId, ...handlers });
  }

  /** One page of the documents that can be seen, newest first: {items, nextCursor}. */
  async documents(cursor = null) {
    const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return (await this.#call('GET', `/documents?limit=${DOCUMENTS_PAGE}${after}`)).json();
  }

  /** The ingestions under way and those that ended and are still remembered, newest first. */
  async jobs() {
    return (await (await this.#call('GET', '/documents/status')).json()).items;
  }

  async cancelJob(jobId) {
    await this.#call('POST', `/documents/status/${encodeURIComponent(jobId)}/cancel`, [404, 409]);
  }

  async deleteDocument(id) {
    await this.#call('DELETE', `/documents/${encodeURIComponent(id)}`, [404]);
  }

  /** Follows the session's own stream: what is not part of one run. */
  sessionStream(handlers) {
    const open = (signal) => this.#fetch('/sessions/current/events', {
      headers: { Accept: 'text/event-stream' }, signal, cache: 'no-store',
    });
    return new SessionStream({ open, ...this.#stream, ...handlers });
  }

  #follower(options) {
    const follow = (runId, cursor, signal) => this.#fetch(`/agent/runs/${encodeURIComponent(runId)}/events`, {
      headers: { Accept: 'text/event-stream', ...(cursor ? { 'Last-Event-ID': cursor } : {}) },
      signal,
      cache: 'no-store',
    });
    return new RunStream({ follow, ...this.#stream, ...options });
  }

  async #call(method, path, expected = []) {
    const response = await this.#reach(method, path);
    if (response.ok || expected.includes(response.status)) return response;
    if (response.status === 401) this.#sessionOver();
    throw new GatewayFailure(await problemOf(response));
  }

  async #reach(method, path, fetch = this.#fetch) {
    const headers = { Accept: 'application/json, application/problem+json' };
    try {
      return await fetch(path, { method, headers, cache: 'no-store', signal: AbortSignal.timeout(CALL_TIMEOUT) });
    } catch {
      throw new GatewayFailure(UNREACHABLE);
    }
  }
}

/** What a promise gives, unless the signal is aborted first. */
function within(signal, promise) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

/** A session as it was opened; scripts have no use for its key. */
function withoutKey({ token, ...session }) {
  return session;
}

function historyPath(sessionId) {
  return `/agent/chat/history/${encodeURIComponent(sessionId)}`;
}

/** A random UUID, also where the page is not served over TLS and the browser's own randomUUID is missing. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
