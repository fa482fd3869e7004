import assert from 'node:assert/strict';
import { buildSchema } from 'graphql';
import yaml from 'js-yaml';
import { scenario } from './scenario.mjs';

/** What a stranger, or a visitor, may be told instead of what they asked for. */
const ANSWERS = new Set([200, 204, 304, 400, 401, 403, 404, 426]);

const document = async (gateway) => yaml.load(await (await gateway.stranger().call('/openapi.yaml')).text());

scenario('A012-01', 'the API describes itself, as YAML and as JSON', async (gateway) => {
  const read = await document(gateway);
  assert.match(read.openapi, /^3\.1/);
  assert.deepEqual(await gateway.stranger().read('/openapi.json'), read);
});

scenario('A012-02', 'the WebSocket describes itself, with the messages that it really sends', async (gateway) => {
  const read = yaml.load(await (await gateway.stranger().call('/asyncapi.yaml')).text());
  assert.match(read.asyncapi, /^3\./);
  assert.deepEqual(await gateway.stranger().read('/asyncapi.json'), read);
  const me = await gateway.visitor();
  const socket = await me.socket();
  const described = JSON.stringify(read);
  const pong = await socket.say('ping');
  for (const { type } of [socket.ready, pong]) assert.ok(described.includes(`"${type}"`), type);
});

scenario('A012-04',
  'every operation that is described is there, and every answer of a read is described', async (gateway) => {
  const { paths } = await document(gateway);
  const me = await gateway.visitor();
  let asked = 0;
  for (const [path, operations] of Object.entries(paths)) {
    if (!operations.get || path.endsWith('/events') || path === '/graphql') continue;
    const filled = path.replace('{code}', 'not_found').replace(/\{\w+\}/g, 'run_01jc3v5m6x8qf7k2n9r4t0w1ae');
    const response = await me.call(filled);
    const text = await response.text();
    assert.ok(ANSWERS.has(response.status), `${path}: ${response.status} ${text}`);
    assert.ok(!text.includes('"There is nothing at this address"') || response.status === 200, `${path} is not there`);
    const { responses } = operations.get;
    assert.ok(responses[response.status] ?? responses['4XX'], `${path}: ${response.status} is not described`);
    asked += 1;
  }
  assert.ok(asked > 25, `${asked} operations`);
});

scenario('A012-08', 'version 1 is at its own address, and the newest without', async (gateway) => {
  const me = await gateway.visitor();
  const [versioned, newest] = [await me.read('/v1/sessions/current'), await me.read('/sessions/current')];
  assert.equal(versioned.sessionId, newest.sessionId);
  const tools = await me.read('/v1/agent/tools');
  assert.deepEqual(tools, await me.read('/agent/tools'));
  await me.refused('/v2/sessions/current', 404, 'route_not_found');
});

scenario('A012-03', 'the explorer is a page of the gateway\'s own, under a strict policy', async (gateway) => {
  const page = await gateway.stranger().call('/docs', { headers: { Accept: 'text/html' } });
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy');
  assert.match(policy, /default-src '(?:none|self)'/);
  assert.doesNotMatch(policy, /unsafe-(?:inline|eval)(?=[^;]*;?.*script)/);
  assert.doesNotMatch(await page.text(), /(?:src|href)="https?:/);
});

scenario('A012-11', 'the schema of GraphQL is published, and a schema it is', async (gateway) => {
  const response = await gateway.stranger().call('/graphql/schema');
  assert.equal(response.status, 200);
  const schema = buildSchema(await response.text());
  for (const type of ['Query', 'Mutation', 'Subscription', 'RunFinished']) assert.ok(schema.getType(type), type);
});
