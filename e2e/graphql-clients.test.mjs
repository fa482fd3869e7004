import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { ClientError, GraphQLClient } from 'graphql-request';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { CuttingProxy } from './cutting-proxy.mjs';
import { Program } from './gateway-process.mjs';
import { Guide, at } from './guides.mjs';

/** The clients that others have written, as the guide uses them. */
const QUESTION = 'Which events does a stream have?';
const UNKNOWN = 'run_01jc3v5m6x8qf7k2n9r4t0w1ae';
const PATIENCE = 30_000;

let gateway;
let network;
let guide;
let follow;
let transports;

before(async () => {
  guide = await Guide.read('graphql');
  follow = evaluated('follow', guide.code('js', 'connection breaks'));
  gateway = await Program.gateway('--agent.pace=20ms');
});

after(async () => {
  assert.equal(await gateway?.stop(), 0, 'the gateway ends in order');
});

beforeEach(async () => {
  network = await CuttingProxy.to(gateway.address);
  const overEvents = evaluated('overEvents', guide.code('js', 'by server-sent events'), createSseClient);
  const overSocket = evaluated('overSocket', guide.code('js', 'by WebSocket'), createSocketClient);
  transports = { events: overEvents, socket: (token) => overSocket(token, WebSocket) };
});

afterEach(() => network.close());

/** What the guide's code calls this; its client comes from here, and the gateway is behind the network. */
function evaluated(name, code, createClient) {
  const body = at(network?.address ?? 'http://localhost:8080', code.replace(/^import .*$/m, ''));
  return new Function('createClient', `${body}\nreturn ${name};`)(createClient);
}

/** Somebody with a session, who can ask. */
async function visitor() {
  const url = `${gateway.address}/graphql`;
  const { openSession } = await new GraphQLClient(url).request(guide.operation('OpenSession'));
  const { token } = openSession;
  return { token, asking: new GraphQLClient(url, { headers: { Authorization: `Bearer ${token}` } }) };
}

/** Asks the agent; answers the id of the run. */
async function ask({ asking }, message = QUESTION) {
  const { sendMessage } = await asking.request(guide.operation('Ask'), { input: { message } });
  assert.equal(sendMessage.__typename, 'SentMessage');
  return sendMessage.run.id;
}

const statusOf = async ({ asking }, id) => (await asking.request(guide.operation('Lookup'), { id })).node;

/** Waits until this answers something. */
async function eventually(what) {
  for (const deadline = Date.now() + PATIENCE; ;) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < deadline, `not in time: ${what}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
}

const ended = (me, id) => eventually(async () => (await statusOf(me, id)).message);

/** Waits until the gateway says that it follows nothing for anybody. */
function noneIsFollowed() {
  const management = gateway.said.map((line) => /management on (http:\S+)/.exec(line)?.[1]).find(Boolean);
  return eventually(async () => {
    const metrics = await (await fetch(`${management}/metrics`)).text();
    const counts = [...metrics.matchAll(/^daveloper_(?:viewers|graphql_subscriptions\S*) (\S+)$/gm)];
    assert.ok(counts.length > 1, 'it is measured');
    return counts.every(([, count]) => Number(count) === 0);
  });
}

const textOf = (events) => events.map(({ text }) => text ?? '').join('');

function assertWhole(events) {
  const last = events.at(-1);
  assert.equal(last.__typename, 'RunFinished');
  assert.equal(last.message.outcome, 'COMPLETED');
  assert.equal(textOf(events), last.message.text, 'each word came once');
  const cursors = events.map(({ cursor }) => cursor);
  assert.equal(new Set(cursors).size, cursors.length);
}

const followed = (after, runId) => ({ query: guide.operation('Follow'), variables: { runId, after } });

for (const name of ['events', 'socket']) {
  test(`an answer is followed to its end (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    const events = [];
    for await (const event of follow(client, await ask(me))) events.push(event);
    assertWhole(events);
    assert.ok(events.length > 5, 'it came in pieces');
    client.dispose();
  });

  test(`it goes on behind its cursor when the connection breaks (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    const events = [];
    for await (const event of follow(client, await ask(me))) {
      events.push(event);
      if (events.length === 5) assert.ok(network.cut() > 0, 'there was a connection to cut');
    }
    assertWhole(events);
    client.dispose();
  });

  test(`who leaves early ends nothing but the watching (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    // On a slow machine an answer may be over before anybody could look; then another is asked for.
    await eventually(async () => {
      const runId = await ask(me);
      for await (const { data } of client.iterate(followed(null, runId))) {
        if (data.runEvents.__typename === 'TextDelta') break;
      }
      await noneIsFollowed();
      const { status } = await statusOf(me, runId);
      assert.equal((await ended(me, runId)).outcome, 'COMPLETED');
      return status === 'RUNNING';
    });
    client.dispose();
  });

  test(`a run that is over is given whole (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    const runId = await ask(me);
    await ended(me, runId);
    const events = [];
    for await (const event of follow(client, runId)) events.push(event);
    assertWhole(events);
    client.dispose();
  });

  test(`a run of nobody is refused by its code (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    await assert.rejects(
      async () => { for await (const event of follow(client, UNKNOWN)) assert.fail(event); },
      ({ cause }) => cause[0].extensions.code === 'not_found',
    );
    client.dispose();
  });

  test(`documents are watched on the way in (${name})`, async () => {
    const me = await visitor();
    const client = transports[name](me.token);
    const states = [];
    const watching = (async () => {
      for await (const { data } of client.iterate({ query: guide.operation('Watch') })) {
        states.push(data.sessionEvents.job.state);
        if (states.at(-1) === 'COMPLETED') return data.sessionEvents.job;
      }
      return assert.fail('it ended');
    })();
    const form = new FormData();
    form.append('file', new Blob(['All is well.\n']), 'report.txt');
    const headers = { Authorization: `Bearer ${me.token}` };
    const sent = await fetch(`${gateway.address}/documents/ingest`, { method: 'POST', headers, body: form });
    assert.equal(sent.status, 202);
    const job = await watching;
    assert.equal(job.name, 'report.txt');
    assert.match(job.document.id, /^doc_/);
    client.dispose();
  });
}

test('what was begun over a socket goes on over events', async () => {
  const me = await visitor();
  const runId = await ask(me);
  const socket = transports.socket(me.token);
  const events = [];
  for await (const { data } of socket.iterate(followed(null, runId))) {
    events.push(data.runEvents);
    if (events.length === 4) break;
  }
  const stream = transports.events(me.token);
  for await (const { data } of stream.iterate(followed(events.at(-1).cursor, runId))) events.push(data.runEvents);
  assertWhole(events);
  socket.dispose();
  stream.dispose();
});

test('many are followed over one socket, and queries are answered beside them', async () => {
  const me = await visitor();
  const other = await visitor();
  const socket = transports.socket(me.token);
  const runId = await ask(me);
  const both = [0, 1].map(async () => {
    const events = [];
    for await (const event of follow(socket, runId)) events.push(event);
    assertWhole(events);
  });
  for await (const { data } of socket.iterate({ query: guide.operation('Standing') })) {
    assert.equal(data.health.status, 'PASS');
  }
  for await (const { data } of socket.iterate({ query: guide.operation('Lookup'), variables: { id: runId } })) {
    assert.equal(data.node.id, runId);
  }
  await Promise.all(both);
  const foreign = transports.socket(other.token);
  for await (const { data } of foreign.iterate({ query: guide.operation('Lookup'), variables: { id: runId } })) {
    assert.equal(data.node, null);
  }
  socket.dispose();
  foreign.dispose();
});

test('a token that proves nothing closes the socket with 4403', async () => {
  const socket = transports.socket('guessed');
  await assert.rejects(
    async () => { for await (const result of socket.iterate({ query: '{ health { status } }' })) assert.fail(result); },
    ({ code }) => code === 4403,
  );
  socket.dispose();
});

test('whoever comes with a header is known from the handshake on', async () => {
  const { token, asking } = await visitor();
  const { session } = await asking.request('{ session { id } }');
  class WithHeader extends WebSocket {
    constructor(url, protocol) { super(url, protocol, { headers: { Authorization: `Bearer ${token}` } }); }
  }
  const url = `${gateway.address.replace('http', 'ws')}/graphql`;
  const socket = createSocketClient({ url, webSocketImpl: WithHeader, retryAttempts: 0 });
  for await (const { data } of socket.iterate({ query: '{ session { id } }' })) {
    assert.equal(data.session.id, session.id);
  }
  socket.dispose();
});

/** A socket without a library; answers with what it is closed when these messages were said, one after the other. */
async function closedWith(messages, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(`${gateway.address.replace('http', 'ws')}/graphql`, protocol);
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(PATIENCE) });
  socket.on('open', () => messages.forEach((message) => socket.send(JSON.stringify(message))));
  const [code] = await closed;
  return code;
}

test('the socket is closed with the codes of the protocol', async () => {
  const payload = { query: '{ health { status } }' };
  const init = { type: 'connection_init' };
  const endless = { id: '1', type: 'subscribe', payload: { query: guide.operation('Watch') } };
  assert.equal(await closedWith([{ id: '1', type: 'subscribe', payload }]), 4401);
  assert.equal(await closedWith([init, init]), 4429);
  assert.equal(await closedWith([{ type: 'nothing' }]), 4400);
  const { token } = await visitor();
  assert.equal(await closedWith([{ ...init, payload: { token } }, endless, endless]), 4409);
  assert.equal(await closedWith([], []), 4406, 'no subprotocol');
});

test('refusals have their types and their codes', async () => {
  const { asking } = await visitor();
  const { sendMessage } = await asking.request(guide.operation('Ask'), { input: { message: ' ' } });
  assert.equal(sendMessage.__typename, 'Problem');
  assert.equal(sendMessage.code, 'invalid_request');

  const refused = async (query, variables) => {
    const failure = await asking.request(query, variables).then(assert.fail, (error) => error);
    assert.ok(failure instanceof ClientError, String(failure));
    return failure.response;
  };
  const unknown = await refused('query($id: ID!) { run(id: $id) { id } }', { id: UNKNOWN });
  assert.equal(unknown.errors[0].extensions.code, 'not_found');
  assert.deepEqual(unknown.errors[0].path, ['run']);
  assert.equal(unknown.data.run, null);
  assert.equal((await refused('{ limitPolicies { name } }')).errors[0].extensions.code, 'admin_required');
  assert.equal((await refused('{ nothing }')).errors[0].extensions.code, 'query_invalid');
});
