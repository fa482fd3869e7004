import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { extname, join, normalize } from 'node:path';
import { randomBytes } from 'node:crypto';
import { DOCUMENTS, scriptFor } from './scripts.mjs';
import { Desk } from './stand-in-documents.mjs';
import { Run } from './stand-in-run.mjs';

const WEB = fileURLToPath(new URL('../adapters-http/src/main/resources/web/', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
  + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Speaks the gateway's API with scripted answers, for work on the page without a gateway. Tests reach into it: they
 * drop connections, refuse calls and lose logs. It keeps one conversation per cookie and is no model of the real one.
 */
export class StandIn {
  sessions = new Map();
  runs = new Map();
  asked = [];
  followed = [];
  sockets = new Set();
  desk = new Desk();
  /** Milliseconds between two words. */
  pace = 15;
  /** Responses given instead of an answer, first come first served: {method, path, status, body, headers, destroy}. */
  refusals = [];

  static async start(port = 0) {
    const standIn = new StandIn();
    standIn.server = createServer((request, response) => standIn.#serve(request, response).catch((failure) => {
      console.error(failure);
      response.destroy();
    }));
    standIn.server.on('connection', (socket) => {
      standIn.sockets.add(socket);
      socket.on('close', () => standIn.sockets.delete(socket));
    });
    await new Promise((resolve) => standIn.server.listen(port, '127.0.0.1', resolve));
    standIn.url = `http://127.0.0.1:${standIn.server.address().port}`;
    return standIn;
  }

  stop() {
    for (const run of this.runs.values()) run.end('cancelled');
    this.dropConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  dropConnections() {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Refuses the next matching call. */
  refuse(method, path, status, body = {}, headers = {}) {
    this.refusals.push({ method, path, status, body, headers });
  }

  /** The only run under way. */
  get activeRun() {
    return [...this.runs.values()].find((run) => !run.finished);
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.url);
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const refusal = this.#takeRefusal(request.method, url.pathname);
    if (refusal?.status === 0) return request.socket.destroy();
    if (refusal) return problem(response, refusal.status, refusal.body, refusal.headers);
    for (const [method, path, handle] of this.#routes()) {
      const match = request.method === method && path.exec(url.pathname);
      if (match) return handle({ request, response, url, session: this.#sessionOf(request) }, ...match.slice(1));
    }
    return problem(response, 404, { code: 'not_found', title: 'Not found' });
  }

  #takeRefusal(method, path) {
    const place = this.refusals.findIndex((each) => each.method === method && each.path.test(path));
    return place < 0 ? null : this.refusals.splice(place, 1)[0];
  }

  #routes() {
    return [
      ['GET', /^\/$/, ({ response }) => file(response, 'index.html')],
      ['GET', /^\/web\/(.+)$/, ({ response }, path) => file(response, path)],
      ['GET', /^\/library\/(.+)\.md$/, ({ response }, path) => document(response, path)],
      ['GET', /^\/library\/.+$/, ({ response }) => file(response, 'reader.html')],
      ['POST', /^\/sessions$/, ({ response }) => json(response, 201, { sessionId: this.#open(response).sessionId })],
      ['GET', /^\/sessions\/current$/, (call) => this.#current(call)],
      ['DELETE', /^\/sessions\/current$/, (call) => this.#forget(call)],
      ['GET', /^\/agent\/chat\/history\/(.+)$/, (call, id) => this.#history(call, id)],
      ['DELETE', /^\/agent\/chat\/history\/(.+)$/, (call, id) => this.#clear(call, id)],
      ['POST', /^\/agent\/chat$/, (call) => this.#chat(call)],
      ['GET', /^\/agent\/runs\/(.+)\/events$/, (call, id) => this.#events(call, id)],
      ['POST', /^\/agent\/runs\/(.+)\/cancel$/, ({ response }, id) => this.#cancel(response, id)],
      ...this.#documentRoutes(),
      ['GET', /^\/agent\/tools$/, ({ response }) => json(response, 200, { items: [
        { name: 'search_documents', description: 'Finds passages in the library.', parameters: {} },
        { name: 'calculator', description: 'Reckons.', parameters: {} }] })],
    ];
  }

  #documentRoutes() {
    const { desk } = this;
    const on = (handle) => (call, id) => handle(call, replyOn(call.response), id);
    return [
      ['POST', /^\/documents\/ingest$/, on((call, reply) =>
        desk.ingest({ ...call, session: call.session ?? this.#open(call.response) }, reply))],
      ['GET', /^\/documents$/, on((call, reply) => desk.list(call, reply))],
      ['GET', /^\/documents\/status$/, on((call, reply) => desk.jobs(call, reply))],
      ['POST', /^\/documents\/status\/(.+)\/cancel$/, on((call, reply, id) => desk.cancel(call, id, reply))],
      ['DELETE', /^\/documents\/([^/]+)$/, on((call, reply, id) => desk.delete(call, id, reply))],
      ['GET', /^\/sessions\/current\/events$/, on((call, reply) => desk.stream(call, reply))],
    ];
  }

  #sessionOf(request) {
    return this.sessions.get(/session=(\w+)/.exec(request.headers.cookie ?? '')?.[1]) ?? null;
  }

  #current({ response, session }) {
    if (!session) return problem(response, 401, { code: 'no_session', title: 'No session' });
    const activeRunId = session.run && !session.run.finished ? session.run.id : null;
    const { sessionId, createdAt } = session;
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    return json(response, 200, { sessionId, createdAt, expiresAt, activeRunId });
  }

  #forget({ response, session }) {
    if (session) this.sessions.delete(session.token);
    response.writeHead(204).end();
  }

  #history({ response, url, session }, id) {
    if (session?.sessionId !== id) return problem(response, 404, { code: 'not_found' });
    const limit = Number(url.searchParams.get('limit'));
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const items = session.messages.slice(from, from + limit);
    const more = from + limit < session.messages.length;
    return json(response, 200, { items, nextCursor: more ? String(from + limit) : null });
  }

  #clear({ response, session }, id) {
    if (session?.sessionId !== id) return problem(response, 404, { code: 'not_found' });
    session.messages = [];
    return response.writeHead(204).end();
  }

  async #chat({ request, response, session }) {
    const { message } = JSON.parse(await textOf(request));
    const key = request.headers['idempotency-key'];
    this.asked.push({ message, key });
    const own = session ?? this.#open(response);
    const known = own.keys.get(key);
    if (!known && own.run && !own.run.finished) {
      return problem(response, 409, { code: 'run_in_progress', title: 'Busy', runId: own.run.id });
    }
    const run = known ?? this.#start(own, message, key);
    return run.stream(response, null);
  }

  #open(response) {
    const token = randomBytes(8).toString('hex');
    const session = {
      token, sessionId: `ses_${token}`, createdAt: new Date().toISOString(), messages: [], keys: new Map(), run: null,
    };
    this.sessions.set(token, session);
    response.setHeader('Set-Cookie', `session=${token}; HttpOnly; SameSite=Lax; Path=/`);
    return session;
  }

  #start(session, message, key) {
    const script = scriptFor(message, session.shelf?.documents);
    const run = new Run({ session, message, script, pace: this.pace });
    session.run = run;
    session.keys.set(key, run);
    this.runs.set(run.id, run);
    run.start();
    return run;
  }

  #events({ request, response, url, session }, id) {
    const run = this.runs.get(id);
    const after = request.headers['last-event-id'] ?? url.searchParams.get('after');
    this.followed.push({ id, after });
    if (!run || run.session !== session) return problem(response, 404, { code: 'not_found' });
    if (run.lost) return problem(response, 410, { code: 'cursor_gone' });
    if (run.finished && after === run.events.at(-1).cursor) return response.writeHead(204).end();
    return run.stream(response, after);
  }

  #cancel(response, id) {
    this.runs.get(id)?.end('cancelled');
    response.writeHead(202).end();
  }
}

async function file(response, path) {
  const place = normalize(join(WEB, path));
  if (!place.startsWith(WEB)) return problem(response, 404, {});
  const content = await readFile(place).catch(() => null);
  if (!content) return problem(response, 404, {});
  return response.writeHead(200, { 'Content-Type': TYPES[extname(place)], 'Cache-Control': 'no-cache' }).end(content);
}

function document(response, path) {
  const source = DOCUMENTS[path];
  if (!source) return problem(response, 404, { code: 'not_found' });
  return response.writeHead(200, { 'Content-Type': 'text/markdown; charset=utf-8' }).end(source);
}

function replyOn(response) {
  return {
    json: (status, body, headers) => json(response, status, body, headers),
    problem: (status, body, headers) => problem(response, status, body, headers),
  };
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function problem(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers });
  response.end(JSON.stringify({ type: `/errors/${body.code}`, status, ...body }));
}

async function textOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const standIn = await StandIn.start(Number(process.env.PORT ?? 8090));
  standIn.pace = 40;
  standIn.desk.pace = 700;
  standIn.desk.chunkPause = 20;
  standIn.desk.share('house-rules.md');
  console.log(`listening on ${standIn.url}`);
}
