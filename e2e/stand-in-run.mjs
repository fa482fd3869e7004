import { randomBytes } from 'node:crypto';

/** One scripted answer: a log of events that any number of viewers follow. */
export class Run {
  id = `run_${randomBytes(6).toString('hex')}`;
  events = [];
  finished = false;
  /** Its log is no longer held. */
  lost = false;
  /** Cuts every connection after so many events; null for none. */
  cutAfter = null;
  /** What gives each connection the events that it has not had. */
  #viewers = new Map();
  #timer;

  constructor({ session, message, script, pace }) {
    Object.assign(this, { session, script, pace: script.pace ?? pace });
    this.messageId = `msg_${randomBytes(6).toString('hex')}`;
    this.cutAfter = script.cutAfter ?? null;
    const at = new Date().toISOString();
    this.question = { id: `msg_${randomBytes(6).toString('hex')}`, role: 'user', text: message, at, runId: this.id };
    Object.assign(this.question, { citations: [], toolCalls: [] });
    this.answer = { id: this.messageId, role: 'assistant', text: '', runId: this.id, citations: [], toolCalls: [] };
  }

  start() {
    this.session.messages.push(this.question);
    this.#append({ type: 'run.started', sessionId: this.session.sessionId, messageId: this.messageId,
      userMessageId: this.question.id });
    this.#next(0);
  }

  #next(place) {
    const step = this.script.steps[place];
    if (!step) return this.end(this.script.outcome ?? 'completed', this.script.error);
    this.#timer = setTimeout(() => {
      if (this.finished) return;
      this.#append(step);
      this.#next(place + 1);
    }, step.pause ?? this.pace);
    return undefined;
  }

  end(outcome, error) {
    if (this.finished) return;
    clearTimeout(this.#timer);
    this.finished = true;
    const usage = { inputTokens: 812, outputTokens: 240 };
    const message = { ...this.answer, outcome, usage, at: new Date().toISOString(), ...(error ? { error } : {}) };
    this.session.messages.push(message);
    this.#append({ type: 'run.finished', outcome, message, usage, ...(error ? { error } : {}) });
  }

  #append(event) {
    const { pause, ...content } = event;
    const entry = { ...content, runId: this.id, cursor: `1-${this.events.length + 1}` };
    this.events.push(entry);
    this.#store(entry);
    for (const pump of this.#viewers.values()) pump();
  }

  /** Tells those who watch now something that is no part of the log. */
  tell(code, text) {
    const notice = { type: 'notice', runId: this.id, code, text };
    const event = `event: notice\ndata: ${JSON.stringify(notice)}\n\n`;
    for (const response of this.#viewers.keys()) response.write(event);
  }

  #store({ type, text, callId, name, arguments: given, ok, output, index, url, documentId, title, quote,
    position }) {
    const { answer } = this;
    if (type === 'text.delta') answer.text += text;
    else if (type === 'tool.started') answer.toolCalls.push({ callId, name, arguments: given });
    else if (type === 'tool.finished') {
      Object.assign(answer.toolCalls.find((call) => call.callId === callId), { ok, output });
    } else if (type === 'citation.added') answer.citations.push({ index, url, documentId, title, quote,
    position });
  }

  stream(response, after) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Run-Id': this.id });
    response.write(': hello\nretry: 1000\n\n');
    let next = after ? Number(after.split('-')[1]) : 0;
    let sent = 0;
    const pump = () => {
      while (next < this.events.length && !response.writableEnded) {
        if (this.cutAfter !== null && sent >= this.cutAfter) return this.#cut(response);
        const entry = this.events[next];
        response.write(`event: ${entry.type}\nid: ${entry.cursor}\ndata: ${JSON.stringify(entry)}\n\n`);
        next += 1;
        sent += 1;
      }
      if (this.finished && !response.writableEnded) response.end();
      return undefined;
    };
    this.#viewers.set(response, pump);
    response.on('close', () => this.#viewers.delete(response));
    pump();
  }

  #cut(response) {
    this.#viewers.delete(response);
    // What was written reaches the viewer; what follows is a broken connection, not a proper end.
    setTimeout(() => response.destroy(), 5);
  }
}
