import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { extname, join, normalize } from 'node:path';
import { randomBytes } from 'node:crypto';
import { DOCUMENTS, scriptFor } from './scripts.mjs';
import { Desk } from './stand-in-documents.mjs';
import { Run } from './stand-in-run.mjs';
import { NO_SESSION, Sessions } from './stand-in-sessions.mjs';

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
  visits = new Sessions();
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

  /** The sessions that are there, by their tokens. */
  get sessions() {
    return this.visits.live;
  }

  /** The only run under way. */
  get activeRun() {
    return [...this.runs.values()].find((run) => !run.finished);
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.url);
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Request-Id', `req_${randomBytes(13).toString('hex')}`);
    response.setHeader('X-Trace-Id', randomBytes(16).toString('hex'));
    const refusal = this.#takeRefusal(request.method, url.pathname);
    if (refusal?.status === 0) return request.socket.destroy();
    if (refusal) return problem(response, refusal.status, refusal.body, refusal.headers);
    for (const [method, path, handle] of this.#routes()) {
      const match = request.method === method && path.exec(url.pathname);
      if (match) return handle({ request, response, url, session: this.visits.of(request) }, ...match.slice(1));
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
      ['GET', /^\/(docs|errors(?:\/\w+)?)$/, ({ response }, name) => plainPage(response, name)],
      ...this.#sessionRoutes(),
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

  #sessionRoutes() {
    const { visits } = this;
    const own = (handle) => (call) => (call.session ? handle(call) : problem(call.response, 401, NO_SESSION));
    return [
      ['POST', /^\/sessions$/, ({ response }) => json(response, 201, visits.opened(visits.open(response)))],
      ['POST', /^\/sessions\/current\/renew$/, own(({ response, session }) =>
        json(response, 200, visits.opened(visits.renew(session, response))))],
      ['GET', /^\/sessions\/current$/, own((call) => this.#current(call))],
      ['GET', /^\/sessions\/current\/export$/, own((call) => this.#export(call))],
      ['DELETE', /^\/sessions\/current$/, own(({ response, session }) => {
        visits.end(session, response);
        response.writeHead(204).end();
      })],
    ];
  }

  #documentRoutes() {
    const { desk } = this;
    const on = (handle) => (call, id) => handle(call, replyOn(call.response), id);
    return [
      ['POST', /^\/documents\/ingest$/, on((call, reply) =>
        desk.ingest({ ...call, session: call.session ?? this.visits.open(call.response) }, reply))],
      ['GET', /^\/documents$/, on((call, reply) => desk.list(call, reply))],
      ['GET', /^\/documents\/status$/, on((call, reply) => desk.jobs(call, reply))],
      ['POST', /^\/documents\/status\/(.+)\/cancel$/, on((call, reply, id) => desk.cancel(call, id, reply))],
      ['DELETE', /^\/documents\/([^/]+)$/, on((call, reply, id) => desk.delete(call, id, reply))],
      ['GET', /^\/sessions\/current\/events$/, on((call, reply) => {
        if (call.session) this.visits.keep(call.session, call.response);
        return desk.stream(call, reply);
      })],
    ];
  }

  #current({ response, session }) {
    const activeRunId = session.run && !session.run.finished ? session.run.id : null;
    return json(response, 200, { ...this.visits.told(session), activeRunId });
  }

  #export({ response, session }) {
    const { documents } = this.desk.shelfOf(session);
    return json(response, 200, { session: this.visits.told(session), messages: session.messages, documents },
      { 'Content-Disposition': 'attachment; filename="daveloper-session.json"' });
  }

  #history({ response, url, session }, id) {
    if (!session) return problem(response, 401, NO_SESSION);
    if (session.sessionId !== id) return problem(response, 404, { code: 'not_found' });
    const limit = Number(url.searchParams.get('limit'));
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const items = session.messages.slice(from, from + limit);
    const more = from + limit < session.messages.length;
    return json(response, 200, { items, nextCursor: more ? String(from + limit) : null });
  }

  #clear({ response, session }, id) {
    if (!session) return problem(response, 401, NO_SESSION);
    if (session.sessionId !== id) return problem(response, 404, { code: 'not_found' });
    session.messages = [];
    return response.writeHead(204).end();
  }

  async #chat({ request, response, session }) {
    const { message } = JSON.parse(await textOf(request));
    const key = request.headers['idempotency-key'];
    this.asked.push({ message, key });
    const own = session ?? this.visits.open(response);
    const known = own.keys.get(key);
    if (!known && own.run && !own.run.finished) {
      return problem(response, 409, { code: 'run_in_progress', title: 'Busy', runId: own.run.id });
    }
    const run = known ?? this.#start(own, message, key);
    this.visits.keep(own, response);
    return run.stream(response, null);
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
    if (!session) return problem(response, 401, NO_SESSION);
    if (!run || run.session !== session) return problem(response, 404, { code: 'not_found' });
    if (run.lost) return problem(response, 410, { code: 'cursor_gone' });
    if (run.finished && after === run.events.at(-1).cursor) return response.writeHead(204).end();
    this.visits.keep(session, response);
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

function plainPage(response, name) {
  response.writeHead(200, { 'Content-Type': TYPES['.html'] }).end(`<!doctype html><title>${name}</title>`);
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
