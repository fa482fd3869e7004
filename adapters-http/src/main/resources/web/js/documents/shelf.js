import { explainRefusal, standing, uploadStanding } from './words.js';

const FINAL = new Set(['completed', 'failed', 'cancelled']);

/** Whether nothing of a job will change any more. */
export function isOver({ state }) {
  return FINAL.has(state);
}

/**
 * Of two tellings of the same job the later one: an end is never taken back, and what has come by two ways is put in
 * order by its moment, then by how far it is.
 */
export function later(known, told) {
  if (isOver(known)) return known;
  if (isOver(told)) return told;
  const apart = Date.parse(told.at) - Date.parse(known.at);
  if (apart !== 0) return apart > 0 ? told : known;
  return (told.state !== 'queued' && told.progress >= known.progress) ? told : known;
}

/**
 * What the page knows of documents: those that are kept, and the work under way as rows in the order in which it began.
 * A row keeps its key while a file on its way becomes an ingestion.
 */
export class Shelf {
  #documents = new Map();
  #jobs = new Map();
  /** Row key to {upload} or {jobId}, in order. */
  #work = new Map();
  /**
   * Jobs that this page began or saw under way, each with whether its end was told. They outlive the change to another
   * session: a newcomer's first file may be taken before the page has read which session that opened.
   */
  #followed = new Map();
  #isDismissed;
  /** The document that was last seen to become ready, until it is asked about or dismissed. */
  ready = null;
  /** Whether there are more documents than were read. */
  more = false;
  /** Null until the list was read; false when that failed, for the reason that `problem` tells. */
  read = null;
  problem = null;

  /** `isDismissed(jobId)` says which failed ingestions need not be told any more. */
  constructor(isDismissed = () => false) {
    this.#isDismissed = isDismissed;
  }

  get documents() {
    return [...this.#documents.values()];
  }

  get underWay() {
    return [...this.#jobs.values()].filter((job) => !isOver(job));
  }

  job(jobId) {
    return this.#jobs.get(jobId);
  }

  /** What must be there already for it to be missing from a list that is read from now on. */
  snapshot() {
    return { documents: new Set(this.#documents.keys()), jobs: new Set(this.#jobs.keys()) };
  }

  /**
   * Takes over what the gateway keeps; what came since the snapshot may be too new to be in it. Gives the followed jobs
   * whose end was not told yet.
   */
  show({ documents, more, jobs }, before) {
    const fresh = this.documents.filter(({ id }) => !before.documents.has(id));
    const listed = new Map(documents.map((each) => [each.id, each]));
    const newer = fresh.filter(({ id }) => !listed.has(id)).map((each) => [each.id, each]);
    this.#documents = new Map([...newer, ...listed]);
    this.more = more;
    this.read = true;
    const known = new Set(jobs.map(({ jobId }) => jobId));
    for (const jobId of before.jobs) if (!known.has(jobId)) this.#forget(jobId);
    const ended = jobs.toReversed().filter((told) => this.#ends(told));
    for (const { document } of ended) if (document) this.ready = this.#documents.get(document.id) ?? this.ready;
    if (this.ready && !this.#documents.has(this.ready.id) && !this.more) this.ready = null;
    return ended;
  }

  /** Takes over one telling of a job; true, once, when it has ended and this page follows it. */
  #ends(told) {
    const job = this.#put(told);
    if (!isOver(job) || this.#followed.get(job.jobId) !== false) return false;
    this.#followed.set(job.jobId, true);
    return true;
  }

  /** Takes over one telling of a job. Gives the job, once, when it has ended and this page follows it. */
  take(told) {
    if (!this.#ends(told)) return null;
    const job = this.#jobs.get(told.jobId);
    if (job.document) this.#add(job.document);
    return job;
  }

  #add(document) {
    if (!this.#documents.has(document.id)) {
      this.#documents = new Map([[document.id, document], ...this.#documents]);
    }
    this.ready = document;
  }

  #put(told) {
    const known = this.#jobs.get(told.jobId);
    const job = known ? later(known, told) : told;
    this.#jobs.set(job.jobId, job);
    if (!isOver(job)) this.#followJob(job.jobId);
    if (isOver(job) && job.state !== 'failed') this.#dropRow(job.jobId);
    else if (!this.#keyOf(job.jobId)) this.#work.set(job.jobId, { jobId: job.jobId });
    return job;
  }

  #followJob(jobId) {
    if (!this.#followed.has(jobId)) this.#followed.set(jobId, false);
  }

  #keyOf(jobId) {
    for (const [key, work] of this.#work) if (work.jobId === jobId) return key;
    return null;
  }

  #dropRow(jobId) {
    const key = this.#keyOf(jobId);
    if (key) this.#work.delete(key);
  }

  #forget(jobId) {
    this.#jobs.delete(jobId);
    this.#dropRow(jobId);
  }

  /** A file that is to be sent. An earlier failure of the same name is settled by it. */
  sending(key, { name, bytes }) {
    for (const row of this.rows()) if (row.name === name && row.over) this.#work.delete(row.key);
    this.#work.set(key, { upload: { state: 'waiting', name, bytes, loaded: 0 } });
  }

  uploadChanged(key, changes) {
    const upload = this.#work.get(key)?.upload;
    if (upload) Object.assign(upload, changes);
  }

  /**
   * The gateway took the file: its row is the job's from now on, or says that it was there before. Gives the job when
   * its end had been told before the upload's own response came, and nobody has heard of it yet.
   */
  accepted(key, { duplicate, ...job }) {
    if (duplicate && isOver(job)) {
      this.#put(job);
      this.uploadChanged(key, { state: 'duplicate' });
      return null;
    }
    if (this.#work.has(key)) {
      this.#dropRow(job.jobId);
      this.#work.set(key, { jobId: job.jobId });
    }
    this.#followJob(job.jobId);
    return this.take(job);
  }

  drop(key) {
    this.#work.delete(key);
  }

  removed(id) {
    this.#documents.delete(id);
    if (this.ready?.id === id) this.ready = null;
  }

  /** One plain sentence at a time, about something that could not be added at all. */
  note(text) {
    this.#work.delete('note');
    if (text) this.#work.set('note', { note: text });
  }

  /** Forgets what belongs to a session. Files on their way, and what was said of them, may go on to another one. */
  leaveSession({ goesOn }) {
    this.#documents = new Map();
    this.#jobs.clear();
    if (!goesOn) this.#followed.clear();
    this.#work = new Map([...this.#work].filter(([, { upload, note }]) => goesOn && (upload || note)));
    Object.assign(this, { ready: null, more: false, read: null });
  }

  /**
   * The rows of work: {key, name, phase, words, value, problem, jobId, over}. The phases are upload, ingest, refused,
   * failed, duplicate and note; `over` rows can be dismissed, the others cancelled. A failed one that is not `seen`
   * ended before this page was there.
   */
  rows() {
    const sending = new Set([...this.#work.values()].flatMap(({ upload }) =>
      (upload?.state === 'sending' ? [upload.name] : [])));
    return [...this.#work].flatMap(([key, { upload, jobId, note }]) => {
      if (note) return [{ key, phase: 'note', name: null, words: note, value: null, over: true }];
      if (upload) return [uploadRow(key, upload)];
      const job = this.#jobs.get(jobId);
      // The session's stream may tell of a job before the upload that began it has its response.
      if (key === jobId && sending.has(job.name) && !isOver(job)) return [];
      if (job.state === 'failed' && this.#isDismissed(jobId)) return [];
      return [{ ...jobRow(key, job), seen: this.#followed.has(jobId) }];
    });
  }
}

function uploadRow(key, upload) {
  const { name, state } = upload;
  if (state === 'duplicate') {
    return { key, name, phase: 'duplicate', words: 'It is already there.', value: null, over: true };
  }
  if (state === 'refused') {
    const problem = explainRefusal(upload.problem);
    return { key, name, phase: 'refused', words: 'Not added', value: null, problem, over: true };
  }
  return { key, name, phase: 'upload', ...uploadStanding(upload), over: false };
}

function jobRow(key, job) {
  const { jobId, name, state, error } = job;
  if (state === 'failed') {
    const problem = { ...explainRefusal({ status: 422, ...error }), again: false };
    return { key, jobId, name, phase: 'failed', words: 'Not added', value: null, problem, over: true };
  }
  return { key, jobId, name, phase: 'ingest', ...standing(job), over: false };
}
