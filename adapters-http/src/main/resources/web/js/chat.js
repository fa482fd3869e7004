import { applyEvent, newAnswer } from './answer.js';
import { newKey } from './gateway.js';
import { AnswerView, QuestionView } from './message-views.js';
import { Paint } from './paint.js';
import { persist } from './persist.js';
import { explain } from './problems.js';
import { mayHaveEnded } from './session/words.js';

/** How often a run that is lost, though it is said to be under way, is joined again before it is left to end. */
const MAX_LOSSES = 2;
const LOOK_AGAIN = 4_000;

/**
 * The one conversation of this browser: what is stored, at most one run that is followed, and what the person does.
 * `surface` is what it shows itself on: conversation, composer, status, announcer, scroll, changed(), which tells
 * the other tabs, forgotten(), for what else is kept of a session, and ended(), when it turns out to be over.
 */
export class Chat {
  #gateway;
  #surface;
  #run = null;
  #reading = null;
  #losses = new Map();
  #ended = false;
  /** What is about to be sent, while it is found out whether the session is still there. */
  #unsent = null;

  constructor(gateway, surface) {
    this.#gateway = gateway;
    this.#surface = surface;
    this.session = null;
  }

  get busy() {
    return this.#run !== null;
  }

  /** Reads what is stored, and follows the run that is under way, if any. A call during another one joins it. */
  refresh() {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read() {
    const { conversation, status } = this.#surface;
    const before = conversation.storedIds();
    try {
      const session = await this.#gateway.session();
      if (!session && this.session && !this.#run) return void this.#end();
      const messages = session ? await this.#gateway.history(session.sessionId) : [];
      if (session && this.#ended) this.startAgain();
      this.session = session ?? (this.#run ? this.session : null);
      conversation.show(messages, before);
      if (!this.#run) status.set(this.#ended ? 'ended' : 'ready');
      if (session?.activeRunId && !this.#run) this.#join(session.activeRunId);
    } catch (failure) {
      if (!failure.problem) throw failure;
      if (!this.#run) status.set('unreachable');
    }
  }

  /** The session is over, and nobody here has ended it: nothing of it is shown, and what was written stays. */
  #end() {
    const { conversation, composer, status, announcer, ended } = this.#surface;
    this.session = null;
    this.#ended = true;
    for (const text of [this.#unsent, conversation.end()]) if (text) composer.restore(text);
    status.set('ended');
    announcer.say(`This session has ended.${composer.isEmpty ? '' : ' What you were writing is still in the box.'}`);
    ended();
  }

  /** Leaves the state in which the page says that the session has ended. */
  startAgain() {
    this.#ended = false;
    this.#surface.conversation.begin();
    if (!this.#run) this.#surface.status.set('ready');
  }

  #join(runId) {
    if ((this.#losses.get(runId) ?? 0) < MAX_LOSSES) this.attach(runId);
    else setTimeout(() => this.#run ?? this.refresh(), LOOK_AGAIN);
  }

  /** Sends a message. One that would silently begin another session is given back instead, and the page says why. */
  async send(text) {
    if (this.#run) return;
    if (mayHaveEnded(this.session) && !await this.#goesOn(text)) return;
    const question = new QuestionView({ id: null, role: 'user', text });
    this.#surface.conversation.append(question);
    this.#ask(question, newKey());
  }

  async #goesOn(text) {
    this.#unsent = text;
    await this.refresh();
    this.#unsent = null;
    if (this.#run) this.#surface.composer.restore(text);
    return !this.#ended && !this.#run;
  }

  #ask(question, key) {
    const run = this.#begin();
    Object.assign(run, { question, key });
    question.accept();
    this.#surface.scroll.toLatest();
    this.#surface.announcer.say('Message sent. Waiting for the answer.');
    this.#follow(run, this.#gateway.ask(question.message.text, key, this.#handlers(run)));
  }

  /** Follows a run that this page did not start: another tab did, or this one before it was loaded again. */
  attach(runId) {
    const run = this.#begin();
    this.#follow(run, this.#gateway.follow(runId, this.#handlers(run)));
  }

  #begin() {
    const view = new AnswerView(newAnswer());
    const run = { view, answer: view.message, leave: new AbortController(), stopping: false, question: null };
    // An answer that the history has shown whole is not taken back to be written once more.
    run.paint = new Paint(() => {
      if (run.view.message === run.answer || !run.answer.live) run.view.update(run.answer);
    });
    this.#run = run;
    this.#ended = false;
    this.#surface.conversation.append(view);
    this.#surface.composer.busy(true);
    this.#surface.status.set('answering');
    return run;
  }

  #handlers(run) {
    return {
      signal: run.leave.signal,
      deliver: (event) => this.#deliver(run, event),
      onRunId: () => run.stopping && this.#cancel(run),
      onState: (state) => this.#connectionChanged(run, state),
    };
  }

  #connectionChanged(run, state) {
    if (this.#run !== run) return;
    this.#surface.status.set(state === 'retrying' ? 'reconnecting' : 'answering');
    if (state === 'open') run.answer.notice = null; // What still holds is told anew.
    run.paint.soon();
    if (run.stopping && !run.stream.runId) run.leave.abort();
  }

  #deliver(run, event) {
    if (this.#run !== run) return;
    applyEvent(run.answer, event);
    if (event.type === 'run.started') this.#started(run, event);
    if (event.type === 'run.finished') run.paint.now();
    else run.paint.soon();
  }

  #started(run, { sessionId, messageId, userMessageId }) {
    const { conversation } = this.#surface;
    const other = this.session && this.session.sessionId !== sessionId;
    this.session = { ...(other ? null : this.session ?? this.#gateway.opened), sessionId };
    conversation.removeUnfinished(messageId, run.view);
    run.view = conversation.adopt(run.view, messageId);
    if (run.question) {
      run.question = conversation.adopt(run.question, userMessageId);
      conversation.settle(run.question);
      this.#surface.changed();
      if (other) this.#goOnAnew();
    } else if (userMessageId && !conversation.has(userMessageId)) this.refresh();
  }

  /** The gateway began another session for the message: what is shown of the one before is gone there too. */
  async #goOnAnew() {
    await this.refresh();
    this.#surface.conversation.sayAnew();
    this.#surface.announcer.say('The session before had ended. This is a new one.');
  }

  async #follow(run, stream) {
    run.stream = stream;
    const ending = await stream.run();
    if (this.#run !== run) return;
    run.paint.now();
    this.#run = null;
    this.#surface.composer.busy(false);
    this.#surface.status.set('ready');
    ENDINGS[ending.kind].call(this, run, ending);
  }

  /** The answer is complete, whatever its outcome. */
  finished(run) {
    const { conversation, announcer, changed } = this.#surface;
    conversation.settle(run.view);
    const { outcome } = run.answer;
    if (outcome === 'completed') announcer.say(`Answer finished. ${run.view.spoken}`);
    else announcer.say(outcome === 'cancelled' ? 'Answer stopped.' : `The answer ended early: ${outcome}.`);
    changed();
  }

  /** The run can no longer be followed; what became of it stands in the history. */
  lost({ view, answer, stream }) {
    this.#losses.set(stream.runId, (this.#losses.get(stream.runId) ?? 0) + 1);
    answer.live = false;
    if (answer.id === null) this.#surface.conversation.remove(view);
    else this.#surface.conversation.settle(view);
    return this.refresh();
  }

  refused(run, { problem }) {
    const { conversation, composer, status, announcer } = this.#surface;
    conversation.remove(run.view);
    const over = problem.status === 401 && this.session;
    const busyElsewhere = problem.code === 'run_in_progress' && problem.runId;
    if (over || busyElsewhere) {
      conversation.remove(run.question);
      composer.restore(run.question.message.text);
    }
    if (over) return this.refresh();
    if (busyElsewhere) {
      announcer.say('Another answer is still being written. Your message is back in the box.');
      return this.attach(problem.runId);
    }
    if (problem.code === 'agent_unavailable') status.set('unavailable');
    const words = explain(problem);
    run.question.refuse(words, words.again ? () => this.#again(run) : null);
    return this.#surface.scroll.follow();
  }

  /** The person stopped a message that had not reached the gateway. */
  left(run) {
    const { conversation } = this.#surface;
    conversation.remove(run.view);
    if (run.question) run.question.refuse({ title: 'Not sent.' }, () => this.#again(run));
  }

  #again({ question, key }) {
    if (!this.#run) this.#ask(question, key);
  }

  /** Asks for the end of the answer; the page says "Stopped" only when the run says so. */
  stop() {
    const run = this.#run;
    if (!run || run.stopping) return;
    run.stopping = true;
    this.#surface.composer.stopping();
    if (run.stream.runId) this.#cancel(run);
    else if (this.#surface.status.state === 'reconnecting') run.leave.abort();
  }

  async #cancel(run) {
    const wanted = () => this.#run === run;
    if (await persist(() => this.#gateway.cancel(run.stream.runId), wanted) || !wanted()) return;
    run.stopping = false;
    this.#surface.composer.busy(true);
    this.#surface.announcer.say('The answer could not be stopped yet.');
  }

  async clear() {
    if (this.session) await this.#gateway.clearHistory(this.session.sessionId);
    this.#surface.conversation.clear();
    this.#surface.announcer.say('The history is cleared.');
    this.#surface.changed();
  }

  /** Replaces the session's key, so that the old one is worth nothing; gives the session. */
  async renew() {
    const session = await this.#gateway.renewSession();
    this.session = { ...this.session, ...session };
    this.#surface.changed();
    return session;
  }

  /** Ends the session; nothing of it is left on the gateway. */
  async forget() {
    const { session } = this;
    // Streams end before the call does; that is no surprise then.
    this.session = null;
    await this.#gateway.endSession().catch((failure) => {
      this.session = session;
      throw failure;
    });
    const run = this.#run;
    this.#run = null;
    run?.leave.abort();
    this.#surface.composer.busy(false);
    this.#surface.conversation.clear();
    this.startAgain();
    this.#surface.forgotten();
    this.#surface.announcer.say('You are forgotten.');
  }
}

const ENDINGS = {
  finished: Chat.prototype.finished,
  over: Chat.prototype.lost,
  gone: Chat.prototype.lost,
  refused: Chat.prototype.refused,
  left: Chat.prototype.left,
};
