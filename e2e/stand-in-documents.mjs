import { createHash, randomBytes } from 'node:crypto';
import { filesOf, received } from './stand-in-multipart.mjs';
import { NO_SESSION } from './stand-in-sessions.mjs';

const KINDS = { pdf: 'pdf', md: 'markdown', txt: 'text', csv: 'csv', json: 'json', docx: 'docx', html: 'html' };
const TYPES = {
  pdf: 'application/pdf', markdown: 'text/markdown', text: 'text/plain', csv: 'text/csv', json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', html: 'text/html',
};
const STEPS = [['reading', 0.05], ['reading', 0.3], ['splitting', 0.45], ['indexing', 0.6], ['indexing', 0.9]];
const FINAL = new Set(['completed', 'failed', 'cancelled']);

/** What is refused at the door, by the file's name: [status, problem, headers]. */
const REFUSED = [
  [/full/, 409, { code: 'document_quota_exceeded', title: 'There is no room for the document',
    detail: 'A session may keep 100 documents; this one has as many. Delete one first.' }],
  [/busy/, 503, { code: 'documents_busy', title: 'Too many documents are waiting',
    detail: 'As many documents wait to be ingested as may; try again in a while.' }, { 'Retry-After': '5' }],
  [/fake/, 415, { code: 'document_type_mismatch', title: 'The document is not what it is said to be',
    detail: 'The file is named .pdf but does not begin like one.' }],
];

/** How the ingestion of a document fails, by the file's name. */
const FAILURES = [
  [/locked/, { code: 'document_encrypted', status: 422, title: 'The document is encrypted',
    detail: 'Save it without a password and add it again.' }],
  [/damaged/, { code: 'document_unreadable', status: 422, title: 'The document is damaged',
    detail: 'It could not be read to its end.' }],
];

/** The documents of a stand-in: reception of uploads, ingestion in stages, lists and the session's stream. */
export class Desk {
  /** Milliseconds between two steps of an ingestion. */
  pace = 15;
  /** Milliseconds to wait after each chunk of an upload. */
  chunkPause = 0;
  /** Ingestions stop at this stage ('queued' counts as one) until it is set to null. */
  hold = null;
  maxBytes = 64 * 1024 * 1024;
  shared = [];
  /** Names of files whose reception ended, and of those that were left in the middle. */
  arrived = [];
  abandoned = 0;
  /** How often the list was read, and the session's stream opened. */
  lists = 0;
  streams = 0;

  shelfOf(session) {
    session.shelf ??= { documents: [], jobs: [], hashes: new Map(), viewers: new Set() };
    return session.shelf;
  }

  async ingest({ request, response, session }, reply) {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) return reply.problem(415, { code: 'unsupported_media_type' });
    const body = await received(request, { pause: () => this.chunkPause, maxBytes: this.maxBytes });
    if (body === null) {
      this.abandoned += 1;
      return response.destroy();
    }
    if (body.tooLarge) {
      return reply.problem(413, { code: 'document_too_large', title: 'The document is too large',
        detail: `A document may have at most ${this.maxBytes} bytes.` }, { Connection: 'close' });
    }
    const outcomes = filesOf(body.bytes, type).map((file) => this.#take(session, file));
    this.arrived.push(...outcomes.map(({ name }) => name));
    if (outcomes.length === 0) return reply.problem(400, { code: 'invalid_request', title: 'No file' });
    return answer(outcomes, reply);
  }

  #take(session, { name, bytes }) {
    const refusal = REFUSED.find(([pattern]) => pattern.test(name));
    const extension = name.split('.').at(-1).toLowerCase();
    if (!KINDS[extension]) {
      return { name, headers: {}, problem: { status: 415, code: 'document_type_not_allowed',
        title: 'This kind of document is not taken',
        detail: `Files named .${extension} are not taken. These are: ${Object.keys(KINDS).join(', ')}.` } };
    }
    if (refusal) return { name, headers: refusal[3] ?? {}, problem: { status: refusal[1], ...refusal[2] } };
    const shelf = this.shelfOf(session);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = shelf.hashes.get(sha256);
    if (known) return { name, job: { ...known, duplicate: true } };
    const job = this.#begin(shelf, { name, kind: KINDS[extension], bytes: bytes.length, sha256 });
    return { name, job: { ...job, duplicate: false } };
  }

  #begin(shelf, { name, kind, bytes, sha256 }) {
    const now = new Date().toISOString();
    const job = {
      jobId: newId('job'), documentId: newId('doc'), name, kind, bytes, scope: 'session', state: 'queued', progress: 0,
      acceptedAt: now, at: now,
    };
    shelf.jobs.unshift(job);
    shelf.hashes.set(sha256, job);
    job.step = (place) => setTimeout(() => this.#advance(shelf, job, sha256, place), this.pace).unref();
    Object.defineProperty(job, 'step', { enumerable: false });
    job.step(0);
    tell(shelf, job);
    return job;
  }

  #advance(shelf, job, sha256, place) {
    if (FINAL.has(job.state)) return undefined;
    if (this.hold !== null && (job.stage ?? 'queued') === this.hold) return job.step(place);
    const failure = FAILURES.find(([pattern]) => pattern.test(job.name))?.[1];
    if (place === 3 && failure) {
      shelf.hashes.delete(sha256);
      return change(shelf, job, { state: 'failed', progress: 0, error: failure });
    }
    const step = STEPS[place];
    if (!step) return this.#complete(shelf, job, sha256);
    change(shelf, job, { state: 'processing', stage: step[0], progress: step[1] });
    return job.step(place + 1);
  }

  #complete(shelf, job, sha256) {
    const document = documentOf(job, { sha256, pages: job.kind === 'pdf' ? 3 : undefined });
    shelf.documents.unshift(document);
    return change(shelf, job, { state: 'completed', progress: 1, document });
  }

  /** Puts a document there that everybody sees and nobody may delete. */
  share(name, facts = {}) {
    const kind = KINDS[name.split('.').at(-1)];
    const job = { jobId: newId('job'), documentId: newId('doc'), name, kind, bytes: 48_213 };
    this.shared.push({ ...documentOf(job, { sha256: '0'.repeat(64), ...facts }), scope: 'shared' });
  }

  list({ url, session }, reply) {
    if (!session) return reply.problem(401, NO_SESSION);
    this.lists += 1;
    const all = [...this.shelfOf(session).documents, ...this.shared];
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const more = from + limit < all.length;
    const items = all.slice(from, from + limit);
    return reply.json(200, { items, ...(more ? { nextCursor: `${from + limit}` } : {}) });
  }

  jobs({ session }, reply) {
    return session ? reply.json(200, { items: this.shelfOf(session).jobs }) : reply.problem(401, NO_SESSION);
  }

  cancel({ session }, id, reply) {
    const shelf = session && this.shelfOf(session);
    const job = shelf?.jobs.find(({ jobId }) => jobId === id);
    if (!job) return reply.problem(404, { code: 'not_found', title: 'Not found' });
    if (!FINAL.has(job.state)) {
      change(shelf, job, { state: 'cancelled', progress: 0 });
      for (const [hash, known] of shelf.hashes) if (known === job) shelf.hashes.delete(hash);
    }
    return reply.json(202, job);
  }

  delete({ session }, id, reply) {
    if (this.shared.some((document) => document.id === id)) {
      return reply.problem(403, { code: 'forbidden', title: 'Not allowed' });
    }
    const shelf = session && this.shelfOf(session);
    const document = shelf?.documents.find((each) => each.id === id);
    if (!document) return reply.problem(404, { code: 'not_found', title: 'Not found' });
    shelf.documents.splice(shelf.documents.indexOf(document), 1);
    shelf.hashes.delete(document.sha256);
    return reply.json(204);
  }

  stream({ response, session }, reply) {
    if (!session) return reply.problem(401, NO_SESSION);
    this.streams += 1;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    const shelf = this.shelfOf(session);
    const viewer = (job) => response.writableEnded || response.write(
      `event: document.progress\ndata: ${JSON.stringify({ type: 'document.progress', ...job })}\n\n`);
    for (const job of shelf.jobs) if (!FINAL.has(job.state)) viewer(job);
    const heart = setInterval(() => response.writableEnded || response.write(': heartbeat\n\n'), 5_000);
    shelf.viewers.add(viewer);
    response.on('close', () => {
      clearInterval(heart);
      shelf.viewers.delete(viewer);
    });
    return undefined;
  }
}

function answer(outcomes, reply) {
  const items = outcomes.map(({ name, job, problem }) => (job ? { name, job } : { name, problem }));
  const [first] = outcomes;
  if (outcomes.some(({ job }) => job)) {
    if (outcomes.length > 1) return reply.json(202, { items });
    return reply.json(202, first.job, { Location: `/documents/status/${first.job.jobId}` });
  }
  const { status, ...problem } = first.problem;
  return reply.problem(status, outcomes.length > 1 ? { ...problem, items } : problem, first.headers);
}

function change(shelf, job, next) {
  delete job.stage;
  Object.assign(job, next, { at: new Date().toISOString() });
  tell(shelf, job);
}

function tell(shelf, job) {
  for (const viewer of shelf.viewers) viewer(job);
}

function documentOf({ documentId, jobId, name, kind, bytes }, facts) {
  return {
    id: documentId, jobId, name, kind, mediaType: TYPES[kind], bytes, scope: 'session', passages: 12,
    ingestedAt: new Date().toISOString(), ...facts,
  };
}

function newId(prefix) {
  return `${prefix}_${randomBytes(8).toString('hex')}`;
}
