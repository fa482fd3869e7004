import assert from 'node:assert/strict';
import { eventsOf } from './events.mjs';
import { Socket } from './socket.mjs';

/** Milliseconds for one request, on a machine that may be slow. */
const PATIENCE = 60_000;
const ASK_EVERY = 50;

/**
 * A gateway seen from outside, by its base URLs alone: HTTP, server-sent events, WebSocket, GraphQL. With several URLs
 * each request goes to the next one, as behind a load balancer that knows nothing of sessions.
 */
export class Gateway {
  #turn = 0;
  #sockets = [];

  /**
   * @param addresses base URLs without a path, at least one
   * @param admin an admin key, or empty
   * @param management the base URL of a management port, or empty
   * @param hearsUs whether it may send webhooks to this machine
   */
  constructor({ addresses, admin = '', management = '', hearsUs = false }) {
    Object.assign(this, { addresses, admin, management, hearsUs });
  }

  /** What is there beyond the base URL, by name: scenarios say what they need. */
  has(need) {
    const there = { admin: this.admin, management: this.management, webhooks: this.admin && this.hearsUs };
    assert.ok(need in there, `nothing is called ${need}`);
    return Boolean(there[need]);
  }

  next() {
    return this.addresses[this.#turn++ % this.addresses.length];
  }

  /** Opens a WebSocket, which is there until the scenario ends. */
  async socket(hello, address = this.next()) {
    const socket = await Socket.open(address, hello);
    this.#sockets.push(socket);
    return socket;
  }

  closeSockets() {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  /** Somebody without a session. */
  stranger() {
    return new Caller(this);
  }

  /** Somebody with a session. */
  async visitor() {
    const opened = await this.stranger().read('/sessions', { method: 'POST', status: 201 });
    return new Caller(this, opened.token, opened.sessionId);
  }

  /** Somebody with the admin key. */
  administrator() {
    return new Caller(this, this.admin);
  }
}

/** Somebody who calls the gateway: with a token, an admin key, or nothing. */
export class Caller {
  constructor(gateway, token = '', sessionId = '') {
    Object.assign(this, { gateway, token, sessionId });
  }

  /** One request; `json` is a body, `headers` come on top. */
  call(path, { method = 'GET', json, body, headers = {}, address = this.gateway.next(), signal } = {}) {
    return fetch(`${address}${path}`, {
      method,
      body: json === undefined ? body : JSON.stringify(json),
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      signal: signal ?? AbortSignal.timeout(PATIENCE),
    });
  }

  /** The JSON of a request that succeeds. */
  async read(path, { status = 200, ...options } = {}) {
    const response = await this.call(path, options);
    const text = await response.text();
    assert.equal(response.status, status, `${path}: ${text}`);
    return JSON.parse(text);
  }

  /** The problem of a request that is refused with this status and code. */
  async refused(path, status, code, options = {}) {
    return problemOf(await this.call(path, options), status, code);
  }

  /** The finished answer to a message, as one JSON. */
  chat(message, more = {}) {
    return this.read('/agent/chat', { method: 'POST', json: { message, ...more } });
  }

  /** Starts an answer that is made in the background; its run's id. */
  async start(message, more = {}) {
    const options = { method: 'POST', json: { message, ...more }, headers: { Prefer: 'respond-async' }, status: 202 };
    return (await this.read('/agent/chat', options)).runId;
  }

  /** Starts an answer and reads its events as they come. */
  async stream(message, more = {}) {
    const headers = { Accept: 'text/event-stream' };
    const response = await this.call('/agent/chat', { method: 'POST', json: { message, ...more }, headers });
    assert.equal(response.status, 200);
    return eventsOf(response);
  }

  /** The events of a run behind a cursor, as they come. */
  async follow(runId, after) {
    const headers = after ? { 'Last-Event-ID': after } : {};
    const response = await this.call(`/agent/runs/${runId}/events`, { headers });
    assert.equal(response.status, 200);
    return eventsOf(response);
  }

  cancel(runId) {
    return this.call(`/agent/runs/${runId}/cancel`, { method: 'POST' });
  }

  async history() {
    return (await this.read(`/agent/chat/history/${this.sessionId}?limit=200`)).items;
  }

  /** Hands files over, each {name, type, content}. */
  upload(...files) {
    return this.uploadAt(this.gateway.next(), ...files);
  }

  uploadAt(address, ...files) {
    const form = new FormData();
    for (const { name, type, content } of files) form.append('file', new Blob([content], { type }), name);
    return this.call('/documents/ingest', { method: 'POST', body: form, address });
  }

  /** Hands a file over and follows its job to the end; answers every state that was told. */
  async ingest(file) {
    const response = await this.upload(file);
    const job = await response.json();
    assert.equal(response.status, 202, JSON.stringify(job));
    const told = await this.call(`/documents/status/${job.jobId}/events`);
    assert.equal(told.status, 200);
    return all(eventsOf(told));
  }

  /** What a GraphQL operation answers, errors included. */
  async graphql(query, variables = {}, headers = {}) {
    const response = await this.call('/graphql', {
      method: 'POST', json: { query, variables }, headers: { Accept: 'application/graphql-response+json', ...headers },
    });
    return { status: response.status, ...await response.json() };
  }

  /** Opens a WebSocket and says hello. */
  socket(hello = {}, address = this.gateway.next()) {
    return this.gateway.socket({ ...(this.token && { token: this.token }), ...hello }, address);
  }
}

/** All that comes until it ends. */
export async function all(events) {
  const found = [];
  for await (const event of events) found.push(event);
  return found;
}

/** Asserts that this is a problem with this status and code. */
export async function problemOf(response, status, code) {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.match(response.headers.get('content-type'), /^application\/problem\+json/);
  const problem = JSON.parse(text);
  assert.equal(problem.code, code, text);
  return problem;
}

/** Asserts that these are the events of a whole answer, and answers its message. */
export function whole(events) {
  const endings = events.filter(({ type }) => type === 'run.finished');
  assert.equal(endings.length, 1, 'one ending');
  assert.equal(events.at(-1), endings[0], 'the ending is the last');
  assert.equal(textOf(events), endings[0].message.text);
  return endings[0].message;
}

export const textOf = (events) => events.map(({ type, text }) => (type === 'text.delta' ? text : '')).join('');

/** Waits until this answers something, and answers it. */
export async function until(what, patience = PATIENCE) {
  for (const deadline = Date.now() + patience; ;) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < deadline, `never happened: ${what}`);
    await new Promise((soon) => setTimeout(soon, ASK_EVERY));
  }
}
