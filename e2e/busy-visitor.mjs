import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Person } from './documents-client.mjs';

const TEXT = 'The harvest of the second year was twice that of the first, as the tables of the village show.';
const QUESTION = 'How do I connect my own agent?';

/** One who does everything that leaves a trace in the metrics, and is told no as well. */
export class BusyVisitor {
  #gateway;

  constructor(gateway) {
    this.#gateway = gateway;
  }

  /** Once through all of it. The gateway allows four messages of each session. */
  async visit() {
    const person = await new Person(this.#gateway).open();
    const headers = { Cookie: person.cookie };
    await this.#stream(headers);
    await this.#stopped(headers);
    await this.#overSocket(headers);
    await person.ask(QUESTION);
    assert.equal((await this.#chat(headers, 'application/json')).status, 429);
    const content = `${TEXT} ${randomUUID()}`;
    const { last } = await person.ingest({ name: `${randomUUID()}.txt`, type: 'text/plain', content });
    await person.read(`/documents/${last.documentId}`);
    await person.read(`/documents/${last.documentId}`);
    await this.#call('/agent/tools', { headers });
    await this.#call('/agent/tools', { headers });
    await this.#call('/documents/doc_00000000000000000000000000', { headers });
    await this.#graph(headers);
    await this.#call('/nowhere');
    await this.#call('/health');
    // The one 5xx that can be had by asking for it.
    const onlyKept = { ...headers, 'Cache-Control': 'only-if-cached' };
    assert.equal(await this.#call('/documents?name=never-asked-before', { headers: onlyKept }), 504);
    await person.delete(last.documentId);
    await this.#call('/sessions/current', { method: 'DELETE', headers });
  }

  async #call(path, options = {}) {
    const response = await fetch(this.#gateway + path, options);
    await response.arrayBuffer();
    return response.status;
  }

  async #chat(headers, accept) {
    const all = { ...headers, 'Content-Type': 'application/json', Accept: accept };
    const body = JSON.stringify({ message: QUESTION });
    return fetch(`${this.#gateway}/agent/chat`, { method: 'POST', headers: all, body });
  }

  /** An operation that is done, one of which a field cannot be given, and one that is none. */
  async #graph(headers) {
    const all = { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' };
    for (const query of ['{ tools { name } }', 'query Mine { run(id: "run_x") { id } }', '{ nothing }']) {
      const body = JSON.stringify({ query });
      assert.equal(await this.#call('/graphql', { method: 'POST', headers: all, body }), 200);
    }
  }

  /** A whole answer, and once more from its first event on. */
  async #stream(headers) {
    const response = await this.#chat(headers, 'text/event-stream');
    assert.equal(response.status, 200);
    const told = await response.text();
    const [, cursor] = /^id: (.*)$/m.exec(told);
    const events = `${this.#gateway}/agent/runs/${runIn(told)}/events`;
    const again = await fetch(events, { headers: { ...headers, 'Last-Event-ID': cursor } });
    assert.match(await again.text(), /run\.finished/);
  }

  async #stopped(headers) {
    const response = await this.#chat(headers, 'text/event-stream');
    let told = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const known = runIn(told);
      told += piece;
      if (!known && runIn(told)) await this.#call(`/agent/runs/${runIn(told)}/cancel`, { method: 'POST', headers });
    }
    assert.match(told, /run\.finished/);
  }

  /** A question over a WebSocket of our own making: this Node has none. */
  #overSocket(headers) {
    return new Promise((resolve, reject) => {
      const { host } = new URL(this.#gateway);
      const upgrade = request(`http://${host}/ws/chat`, { headers: {
        ...headers, Origin: this.#gateway, Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'), 'Sec-WebSocket-Protocol': 'daveloper.v1',
      } });
      upgrade.once('error', reject);
      upgrade.once('response', ({ statusCode }) => reject(new Error(`no socket, but ${statusCode}`)));
      upgrade.once('upgrade', (response, socket) => {
        let told = '';
        socket.once('error', reject);
        socket.once('close', () => reject(new Error(`closed after ${told}`)));
        socket.on('data', (data) => {
          told += data.toString('latin1');
          if (!told.includes('run.finished')) return;
          resolve();
          socket.destroy();
        });
        socket.write(frame({ type: 'hello', resume: [] }));
        socket.write(frame({ type: 'chat.send', message: QUESTION, clientMessageId: randomUUID() }));
      });
      upgrade.end();
    });
  }
}

function runIn(told) {
  return /"runId":"(run_\w+)"/.exec(told)?.[1];
}

/** One short text, masked as clients have to. */
function frame(message) {
  const text = Buffer.from(JSON.stringify(message));
  const mask = randomBytes(4);
  const length = text.length < 126 ? [0x80 | text.length] : [0x80 | 126, text.length >> 8, text.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, text.map((byte, index) => byte ^ mask[index % 4])]);
}
