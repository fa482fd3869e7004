import { once } from 'node:events';
import WebSocket from 'ws';

const PATIENCE = 60_000;

/** A WebSocket to the gateway: what it told is kept in order, and can be waited for. */
export class Socket {
  #socket;
  #told = [];
  #waiting = new Set();
  #ids = 0;
  closed = null;

  static async open(address, hello, options = {}) {
    const opened = await Socket.connect(address, options);
    opened.ready = await opened.say('hello', hello);
    return opened;
  }

  /** Connects and says nothing yet. */
  static async connect(address, options = {}) {
    const one = new Socket();
    one.#socket = new WebSocket(`${address.replace(/^http/, 'ws')}/ws/chat`, 'daveloper.v1', options);
    one.#socket.on('message', (data) => one.#take(JSON.parse(data)));
    one.#socket.on('close', (code) => one.#end(code));
    // What goes wrong is told to who waits for it, and by the close that follows.
    one.#socket.on('error', () => {});
    await once(one.#socket, 'open');
    return one;
  }

  #take(message) {
    this.#told.push(message);
    for (const look of this.#waiting) look();
  }

  #end(code) {
    this.closed = code;
    for (const look of this.#waiting) look();
  }

  /** Sends a message and answers the reply to it. */
  async say(type, fields = {}) {
    const id = `m${++this.#ids}`;
    this.#socket.send(JSON.stringify({ type, id, ...fields }));
    return this.until((message) => message.replyTo === id);
  }

  /** Sends what need not be a message. */
  send(text) {
    this.#socket.send(text);
  }

  /** The first message of which this holds, whether it came before or is still to come. */
  until(holds) {
    return this.#when(() => this.#told.find(holds), `${holds}`);
  }

  /** All events of a run until its ending. */
  async eventsOf(runId) {
    const ofRun = (message) => message.runId === runId && !message.replyTo;
    await this.until((message) => ofRun(message) && message.type === 'run.finished');
    return this.#told.filter(ofRun);
  }

  /** The code with which the other side closed. */
  end() {
    return this.#when(() => this.closed, 'it is closed');
  }

  #when(what, words) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = what();
        if (!found) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(found);
      };
      const late = setTimeout(() => reject(new Error(`never told: ${words}`)), PATIENCE);
      this.#waiting.add(look);
      look();
    });
  }

  close() {
    this.#socket.terminate();
  }
}
