import { dismissed } from './dismissed.js';
import { Shelf } from './shelf.js';
import { MAX_WAITING, Uploads } from './uploads.js';
import { explainRefusal, factsOf } from './words.js';

/** Most pages of documents that are shown, see the gateway's page size. */
const MAX_PAGES = 20;
const TOO_MANY = `At most ${MAX_WAITING} files can wait at once; the others were left out.`;

/**
 * The documents of this browser's session: what is kept, what is under way, and what the person does with them.
 * `surface` has announcer, changed(), which tells the other tabs, sessionOpened(), sessionOver(), and draw(), called
 * after a change.
 */
export class Documents {
  shelf = new Shelf((jobId) => dismissed.has(jobId));
  #gateway;
  #surface;
  #uploads;
  #sessionId = null;
  #pages = 1;
  #reading = null;
  #leave = null;
  #stream = null;
  #deafTo = null;

  constructor(gateway, surface) {
    this.#gateway = gateway;
    this.#surface = surface;
    this.#uploads = new Uploads({
      begin: (key, file) => this.shelf.sending(key, { name: file.name, bytes: file.size }),
      prepare: (signal) => this.#prepare(signal),
      tell: (key, changes) => this.#told(key, changes),
      accepted: (key, job) => this.#accepted(key, job),
      left: (key) => this.#drop(key),
    });
  }

  /** Shows the documents of this session and follows it; null when there is none. */
  attend(session) {
    const sessionId = session?.sessionId ?? null;
    if (sessionId !== this.#sessionId) {
      this.#reset(sessionId);
      if (sessionId) this.refresh();
    }
    this.#follow();
  }

  #reset(sessionId) {
    this.#leave?.abort();
    // What is on its way to a session that is over is left; after that, or for a newcomer, a new one is opened for it.
    if (!sessionId) this.#uploads.stop();
    this.shelf.leaveSession({ goesOn: sessionId !== null });
    this.#sessionId = sessionId;
    this.#deafTo = null;
    this.#pages = 1;
    this.#surface.draw();
  }

  /** Nothing of a session that was forgotten is shown any more, in this tab. */
  forget() {
    this.attend(null);
    dismissed.clear();
  }

  /** Reads what is kept and what is under way. A call during another one joins it. */
  refresh() {
    if (!this.#sessionId) return Promise.resolve();
    const sessionId = this.#sessionId;
    this.#reading ??= this.#read(sessionId).finally(() => {
      this.#reading = null;
      if (sessionId !== this.#sessionId) this.refresh();
    });
    return this.#reading;
  }

  async #read(sessionId) {
    const before = this.shelf.snapshot();
    try {
      // The jobs first: what has ended by then is in the list that is read after them.
      const jobs = await this.#gateway.jobs();
      const list = await this.#list();
      if (sessionId === this.#sessionId) this.shelf.show({ jobs, ...list }, before).forEach((job) => this.#sayEnd(job));
    } catch (failure) {
      if (!failure.problem) throw failure;
      if (sessionId === this.#sessionId && !this.shelf.read) {
        Object.assign(this.shelf, { read: false, problem: failure.problem });
      }
    }
    this.#surface.draw();
  }

  async #list() {
    const documents = [];
    let cursor = null;
    for (let page = 0; page < this.#pages; page += 1) {
      const { items, nextCursor } = await this.#gateway.documents(cursor);
      documents.push(...items);
      cursor = nextCursor ?? null;
      if (cursor === null) break;
    }
    return { documents, more: cursor !== null };
  }

  /** Shows one page more of the list. */
  async showMore() {
    if (this.#pages < MAX_PAGES) this.#pages += 1;
    await this.#reading;
    return this.refresh();
  }

  /** The stream is held only while the tab is seen: browsers open few connections to one place. */
  #follow() {
    if (!this.#sessionId || this.#sessionId === this.#deafTo || this.#leave || document.hidden) return;
    const sessionId = this.#sessionId;
    const leave = new AbortController();
    this.#leave = leave;
    this.#stream = this.#gateway.sessionStream({
      signal: leave.signal,
      deliver: (event) => event.type === 'document.progress' && this.#progress(event),
      onOpen: (again) => this.#catchUp(again),
    });
    leave.signal.addEventListener('abort', () => {
      this.#leave = null;
    });
    this.#stream.run().then((ending) => {
      if (ending !== 'left') this.#deafTo = sessionId;
      leave.abort();
      if (ending === 'ended') this.#surface.sessionOver();
    });
  }

  async #catchUp(again) {
    await this.#reading;
    if (again || this.shelf.underWay.length > 0) await this.refresh();
  }

  /** The tab was shown or hidden. */
  visibilityChanged() {
    if (document.hidden) this.#leave?.abort();
    else {
      this.#deafTo = null;
      this.#follow();
      this.refresh();
    }
  }

  #progress({ type, ...job }) {
    const ended = this.shelf.take(job);
    if (ended) this.#sayEnd(ended);
    this.#surface.draw();
  }

  #sayEnd({ state, name, document, error }) {
    if (state === 'completed') this.#say(`${name} is ready. ${factsOf(document).join(', ')}.`);
    else if (state === 'failed') this.#say(notAdded(name, explainRefusal({ status: 422, ...error })));
    else this.#say(`${name}: cancelled.`);
  }

  #say(text) {
    this.#surface.announcer.say(text);
  }

  /** Sends files; `left` says in a sentence what else was given that cannot be added. */
  add(files, left = null) {
    const count = this.#uploads.add(files);
    const note = left ?? (count < files.length ? TOO_MANY : null);
    this.shelf.note(note);
    const begun = count === 0 ? null : `Uploading ${count === 1 ? files[0].name : `${count} files`}.`;
    this.#say([begun, note].filter(Boolean).join(' '));
    this.#surface.draw();
  }

  async #prepare(signal) {
    try {
      if (await this.#gateway.openSession(signal)) this.#surface.sessionOpened();
      return null;
    } catch (failure) {
      if (!failure.problem) throw failure;
      return failure;
    }
  }

  #told(key, changes) {
    this.shelf.uploadChanged(key, changes);
    if (changes.problem) {
      const { name, problem } = this.shelf.rows().find((row) => row.key === key);
      this.#say(notAdded(name, problem));
    }
    this.#surface.draw();
  }

  #accepted(key, job) {
    const ended = this.shelf.accepted(key, job);
    // Without a stream there may be no session known here, or one that is over and was replaced by the gateway.
    if (!this.#stream?.connected) this.#surface.sessionOpened();
    if (ended) this.#sayEnd(ended);
    else if (job.duplicate) this.#say(`${job.name} is already there.`);
    this.#surface.changed();
    this.#surface.draw();
  }

  #drop(key) {
    this.shelf.drop(key);
    this.#surface.draw();
  }

  /** Whether a file would be lost if the page was left now. */
  get sending() {
    return this.#uploads.active;
  }

  again(key) {
    this.#uploads.again(key);
  }

  /** Ends an upload, or asks for the end of an ingestion; that one has ended is told by its job. */
  async cancel({ key, jobId, name }) {
    if (!jobId) {
      this.#uploads.cancel(key);
      return this.#say(`${name}: cancelled.`);
    }
    try {
      await this.#gateway.cancelJob(jobId);
      if (!this.#leave) await this.refresh();
    } catch (failure) {
      if (!failure.problem) throw failure;
      this.#say(`${name} could not be cancelled. ${failure.message}`);
    }
    return undefined;
  }

  dismiss({ key, jobId }) {
    if (jobId) dismissed.add(jobId);
    this.#uploads.drop(key);
    this.shelf.drop(key);
    this.#surface.changed();
    this.#surface.draw();
  }

  dismissReady() {
    this.shelf.ready = null;
    this.#surface.draw();
  }

  /** Deletes a document; a failure is thrown, for it is told where it was asked for. */
  async delete({ id, name }) {
    await this.#gateway.deleteDocument(id);
    this.shelf.removed(id);
    this.#say(`${name} is deleted.`);
    this.#surface.changed();
    this.#surface.draw();
  }
}

function notAdded(name, { title, detail }) {
  return `${name} was not added. ${title}.${detail ? ` ${detail}` : ''}`;
}
