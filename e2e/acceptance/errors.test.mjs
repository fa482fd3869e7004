import assert from 'node:assert/strict';
import { problemOf } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const JSON_ALONE = { Accept: 'application/json' };

scenario('A011-01 A011-04',
  'a failure is a problem with a code, an explanation and the trace of its request', async (gateway) => {
  const me = await gateway.visitor();
  const response = await me.call('/agent/runs/run_01jc3v5m6x8qf7k2n9r4t0w1ae');
  const { headers } = response;
  const problem = await problemOf(response, 404, 'not_found');
  assert.deepEqual([problem.status, problem.instance], [404, '/agent/runs/run_01jc3v5m6x8qf7k2n9r4t0w1ae']);
  assert.equal(problem.traceId, headers.get('x-trace-id'));
  assert.match(headers.get('x-request-id'), /./);
  const explained = await gateway.stranger().call(problem.type, { headers: { Accept: 'text/html' } });
  assert.equal(explained.status, 200);
  assert.match(await explained.text(), new RegExp(problem.title));
});

scenario('A011-02', 'every kind of failure is in the catalogue and explained at its address', async (gateway) => {
  const { items } = await gateway.stranger().read('/errors', { headers: JSON_ALONE });
  assert.ok(items.length > 40);
  for (const { type, code, status } of items.slice(0, 8)) {
    const kind = await gateway.stranger().read(`/errors/${code}`, { headers: JSON_ALONE });
    assert.deepEqual([kind.type, kind.code, kind.status], [type, code, status]);
    assert.ok(kind.meaning && kind.title);
  }
  await gateway.stranger().refused('/errors/nothing_such', 404, 'route_not_found', { headers: JSON_ALONE });
});

scenario('A011-03',
  'addresses and methods that there are not are told apart, and what is allowed is named', async (gateway) => {
  await gateway.stranger().refused('/nothing/here', 404, 'route_not_found');
  const response = await gateway.stranger().call('/agent/tools', { method: 'PUT' });
  assert.match(response.headers.get('allow'), /GET/);
  await problemOf(response, 405, 'method_not_allowed');
});

scenario('A011-05',
  'an administrator sees which errors were told, when, and the trace of the last', async (gateway) => {
  const address = gateway.next();
  const response = await gateway.stranger().call('/sessions/current', { address });
  const { traceId } = await problemOf(response, 401, 'session_required');
  const { items } = await gateway.administrator().read('/errors/stats', { address });
  const counted = items.find(({ code }) => code === 'session_required');
  assert.ok(counted.count >= 1);
  assert.ok(Date.parse(counted.firstAt) <= Date.parse(counted.lastAt));
  assert.match(counted.traceId, /^[0-9a-f]{32}$/);
  assert.match(traceId, /^[0-9a-f]{32}$/);
  await gateway.stranger().refused('/errors/stats', 403, 'admin_required');
}, 'admin');

scenario('A011-06', 'a WebSocket tells the same problem and says to which message it belongs', async (gateway) => {
  const me = await gateway.visitor();
  const socket = await me.socket();
  const { type, problem } = await socket.say('run.follow', { runId: 'run_01jc3v5m6x8qf7k2n9r4t0w1ae' });
  assert.equal(type, 'error');
  assert.deepEqual([problem.status, problem.code], [404, 'not_found']);
  assert.equal(socket.closed, null);
});

scenario('A011-07', 'GraphQL tells the same code, status and trace', async (gateway) => {
  const me = await gateway.visitor();
  const { data, errors } = await me.graphql('{ run(id: "run_01jc3v5m6x8qf7k2n9r4t0w1ae") { id } }');
  assert.deepEqual(data, { run: null });
  const [{ extensions }] = errors;
  assert.deepEqual([extensions.code, extensions.status], ['not_found', 404]);
  assert.match(extensions.traceId, /^[0-9a-f]{32}$/);
});

scenario('A011-10', 'no failure says anything of what is inside', async (gateway) => {
  const me = await gateway.visitor();
  const attempts = [
    me.call('/agent/chat', { method: 'POST', body: '{"message":', headers: { 'Content-Type': 'application/json' } }),
    me.call('/documents/ingest', { method: 'POST', body: 'x', headers: { 'Content-Type': 'multipart/form-data' } }),
    me.call('/graphql', { method: 'POST', json: { query: '{' } }),
    me.call('/%zz'), me.call('/agent/runs/%00/events'), me.call('/library/..%2f..%2fetc'),
  ];
  for (const response of await Promise.all(attempts)) {
    const text = await response.text();
    assert.ok(response.status >= 400 && response.status < 500, text);
    assert.doesNotMatch(text, /\bat (?:dev|java|io|org|com)\.|Exception|jackson|javalin|jetty|lucene|sqlite/i);
    assert.equal(response.headers.get('server'), null);
  }
});
