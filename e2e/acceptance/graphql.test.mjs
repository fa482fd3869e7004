import assert from 'node:assert/strict';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const QUESTION = 'Which events does a stream have?';
const ASK = `mutation Ask($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SentMessage { attached run { id } } ... on RunInProgress { goingOn: run { id } } ... on Problem { code }
  }
}`;
const FOLLOW = `subscription Follow($runId: ID!, $after: String) {
  runEvents(runId: $runId, after: $after) {
    __typename cursor ... on TextDelta { text } ... on RunFinished { message { outcome text } }
  }
}`;
const STOP = `mutation Stop($id: ID!) {
  cancelRun(id: $id) { __typename ... on Run { status } ... on Problem { code } }
}`;
const CONVERSATION = `query Conversation($first: Int, $after: String) {
  session {
    id messages(first: $first, after: $after) { nodes { role text outcome } pageInfo { hasNextPage endCursor } }
  }
}`;

async function ask(me, message = QUESTION, more = {}) {
  const { data, errors } = await me.graphql(ASK, { input: { message, ...more } });
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data.sendMessage;
}

/** Every event of a subscription over one of the two transports. */
async function followed(me, transport, variables, enough = () => false) {
  const address = me.gateway.next();
  const headers = { Authorization: `Bearer ${me.token}` };
  const client = transport === 'events'
    ? createSseClient({ url: `${address}/graphql`, headers, retryAttempts: 0 })
    : createSocketClient({ url: `${address.replace(/^http/, 'ws')}/graphql`, connectionParams: { token: me.token },
      retryAttempts: 0, webSocketImpl: WebSocket });
  const found = [];
  for await (const { data, errors } of client.iterate({ query: FOLLOW, variables })) {
    assert.equal(errors, undefined, JSON.stringify(errors));
    found.push(data.runEvents);
    if (enough(found)) break;
  }
  client.dispose?.();
  return found;
}

const textOf = (events) => events.map(({ text }) => text ?? '').join('');

function assertWhole(events) {
  const last = events.at(-1);
  assert.deepEqual([last.__typename, last.message.outcome], ['RunFinished', 'COMPLETED']);
  assert.equal(textOf(events), last.message.text);
}

scenario('A014-01',
  'one query tells of the session, the tools, health and limits, and nothing that was not asked for', (
  async (gateway) => {
    const me = await gateway.visitor();
    const query = '{ session { id } tools { name } health { status } limits { policy } }';
    const { status, data, errors } = await me.graphql(query);
    assert.deepEqual([status, errors], [200, undefined]);
    assert.equal(data.session.id, me.sessionId);
    assert.ok(data.tools.some(({ name }) => name === 'current_time'));
    assert.match(data.health.status, /^(?:PASS|WARN)$/);
    assert.deepEqual(Object.keys(data.tools[0]), ['name']);
  }));

scenario('A014-02', 'a conversation begun by GraphQL is the one that REST shows', async (gateway) => {
  const me = await gateway.visitor();
  const { __typename: type, run } = await ask(me);
  assert.equal(type, 'SentMessage');
  await until(async () => (await me.read(`/agent/runs/${run.id}`)).status === 'finished');
  const { data } = await me.graphql(CONVERSATION, { first: 50 });
  const shown = data.session.messages.nodes.map(({ role, text }) => [role.toLowerCase(), text]);
  assert.deepEqual(shown, (await me.history()).map(({ role, text }) => [role, text]));
  const page = (await me.graphql(CONVERSATION, { first: 1 })).data.session.messages;
  assert.equal(page.pageInfo.hasNextPage, true);
  const rest = (await me.graphql(CONVERSATION, { first: 5, after: page.pageInfo.endCursor })).data.session.messages;
  assert.deepEqual([...page.nodes, ...rest.nodes], data.session.messages.nodes);
});

for (const transport of ['events', 'WebSocket']) {
  scenario('A014-03', `an answer is followed by a subscription over ${transport}, whole`, async (gateway) => {
    const me = await gateway.visitor();
    const { run } = await ask(me);
    assertWhole(await followed(me, transport, { runId: run.id }));
  });
}

scenario('A014-05', 'a subscription that breaks goes on at its cursor, over another transport', async (gateway) => {
  const me = await gateway.visitor();
  const { run } = await ask(me);
  const seen = await followed(me, 'events', { runId: run.id }, (found) => found.length === 4);
  const rest = await followed(me, 'WebSocket', { runId: run.id, after: seen.at(-1).cursor });
  assertWhole([...seen, ...rest]);
});

scenario('A014-06', 'what may be expected to be refused is a result with a type', async (gateway) => {
  const me = await gateway.visitor();
  const { run } = await ask(me);
  const busy = await ask(me);
  assert.deepEqual([busy.__typename, busy.goingOn.id], ['RunInProgress', run.id]);
  const stopped = (await me.graphql(STOP, { id: run.id })).data.cancelRun;
  assert.equal(stopped.__typename, 'Run');
  const unknown = (await me.graphql(STOP, { id: 'run_01jc3v5m6x8qf7k2n9r4t0w1ae' })).data.cancelRun;
  assert.equal(unknown.code, 'not_found');
});

scenario('A014-07', 'what asks for too much is refused before any of it is done', async (gateway) => {
  const me = await gateway.visitor();
  const aliases = Array.from({ length: 200 }, (_, index) => `a${index}: tools { name }`).join(' ');
  const deep = `{ __schema { types ${'{ fields { type '.repeat(15)} { name } ${'} }'.repeat(15)} } }`;
  const wide = '{ session { messages(first: 200) { nodes { citations { document { name } } toolCalls { name } } } } }';
  for (const query of [`{ ${aliases} }`, deep, `query A { ...F } fragment F on Query { ...F }`]) {
    const { status, errors } = await me.graphql(query);
    assert.equal(status, 400, query.slice(0, 60));
    assert.match(errors[0].extensions.code, /^query_(?:too_complex|invalid)$/);
  }
  assert.ok([200, 400].includes((await me.graphql(wide)).status));
});

scenario('A014-08', 'what administrators see nobody else sees, and ids of others are nothing', async (gateway) => {
  const [me, other] = [await gateway.visitor(), await gateway.visitor()];
  const refused = await me.graphql('{ sessionCounts { live } }');
  assert.equal(refused.errors[0].extensions.code, 'admin_required');
  const { run } = await ask(me, 'Hello');
  const lookup = 'query Lookup($id: ID!) { node(id: $id) { id } }';
  assert.deepEqual((await other.graphql(lookup, { id: run.id })).data, { node: null });
  assert.deepEqual((await me.graphql(lookup, { id: run.id })).data, { node: { id: run.id } });
});

scenario('A014-08', 'an administrator looks after it by GraphQL', async (gateway) => {
  const boss = gateway.administrator();
  const { data, errors } = await boss.graphql('{ sessionCounts { live } limitPolicies { name } cache { entries } }');
  assert.equal(errors, undefined);
  assert.ok(data.sessionCounts.live >= 0 && Array.isArray(data.limitPolicies) && data.cache.entries >= 0);
}, 'admin');

scenario('A014-10',
  'a query may come by GET, a mutation may not, and lists of operations are refused', async (gateway) => {
  const me = await gateway.visitor();
  const headers = { Accept: 'application/graphql-response+json' };
  const read = await me.read(`/graphql?query=${encodeURIComponent('{ session { id } }')}`, { headers });
  assert.equal(read.data.session.id, me.sessionId);
  const mutation = encodeURIComponent('mutation { endSession { __typename } }');
  assert.equal((await me.call(`/graphql?query=${mutation}`, { headers })).status, 405);
  await me.read('/sessions/current');
  const batch = await me.call('/graphql', { method: 'POST', json: [{ query: '{ tools { name } }' }], headers });
  assert.equal(batch.status, 400);
});

scenario('A014-11', 'a query is sent once and then asked for by its hash', async (gateway) => {
  const me = await gateway.visitor();
  const query = `{ tools { name description } } # ${Math.random()}`;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(query));
  const extensions = { persistedQuery: { version: 1, sha256Hash: Buffer.from(digest).toString('hex') } };
  const send = async (json) => (await me.call('/graphql', {
    method: 'POST', json, headers: { Accept: 'application/graphql-response+json' },
  })).json();
  assert.equal((await send({ extensions })).errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND');
  const first = await send({ query, extensions });
  assert.ok(first.data.tools.length > 0);
  assert.deepEqual((await send({ extensions })).data, first.data);
});
