/**
 * Reads a text/event-stream. `push` takes decoded text cut anywhere and gives the events that it completes, each
 * {event, id, data}. As in the standard: lines end with LF, CR or CRLF; an event without data is dropped; what the end
 * of the stream leaves incomplete is never given.
 */
export class SseParser {
  #rest = '';
  #afterReturn = false;
  #lastId = '';
  #event = '';
  #data = null;
  #begun = false;

  push(text) {
    const events = [];
    let chunk = text;
    if (!this.#begun && chunk !== '') {
      this.#begun = true;
      if (chunk[0] === '\ufeff') chunk = chunk.slice(1);
    }
    let from = 0;
    if (this.#afterReturn && chunk[0] === '\n') from = 1;
    if (chunk !== '') this.#afterReturn = false;
    for (let at = from; at < chunk.length; at += 1) {
      const char = chunk[at];
      if (char !== '\n' && char !== '\r') continue;
      this.#line(this.#rest + chunk.slice(from, at), events);
      this.#rest = '';
      if (char === '\r' && chunk[at + 1] === '\n') at += 1;
      else if (char === '\r' && at + 1 === chunk.length) this.#afterReturn = true;
      from = at + 1;
    }
    this.#rest += chunk.slice(from);
    return events;
  }

  #line(line, events) {
    if (line === '') return this.#dispatch(events);
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const name = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    return this.#field(name, raw[0] === ' ' ? raw.slice(1) : raw);
  }

  #field(name, value) {
    if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
    else if (name === 'id' && !value.includes('\0')) this.#lastId = value;
  }

  #dispatch(events) {
    if (this.#data !== null) events.push({ event: this.#event || 'message', id: this.#lastId, data: this.#data });
    this.#event = '';
    this.#data = null;
  }
}

/** Reads the body of a response to its end. `onChunk` is told of every chunk, heartbeats too; `onEvent` of events. */
export async function readEvents(body, { onChunk, onEvent }) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onChunk();
      for (const event of parser.push(decoder.decode(value, { stream: true }))) onEvent(event);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The object or list that a text holds as JSON, or null. */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
