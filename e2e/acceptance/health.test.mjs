import assert from 'node:assert/strict';
import { blocksOf } from './events.mjs';
import { scenario } from './scenario.mjs';

scenario('A004-01', 'a node says that it is alive without asking anybody', async (gateway) => {
  for (const address of gateway.addresses) {
    const response = await gateway.stranger().call('/health/live', { address });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^application\/health\+json/);
    assert.equal((await response.json()).status, 'pass');
  }
});

scenario('A004-02', 'a node says that it takes work, and in which mode', async (gateway) => {
  for (const address of gateway.addresses) {
    const { status, mode } = await gateway.stranger().read('/health/ready', { address });
    assert.match(status, /^(?:pass|warn)$/);
    assert.match(mode, /^(?:normal|degraded)$/);
  }
});

scenario('A004-03 A004-04', 'each component is told with the whole, and by its name', async (gateway) => {
  const { status, checks } = await gateway.stranger().read('/health');
  assert.match(status, /^(?:pass|warn)$/);
  const names = Object.keys(checks);
  assert.ok(names.includes('agent') && names.includes('documents'), names.join());
  assert.ok(names.includes('sqlite') || names.includes('redis'), names.join());
  for (const name of ['agent', 'documents']) {
    const one = await gateway.stranger().read(`/health/${name}`);
    assert.match(one.status, /^(?:pass|warn)$/);
  }
  await gateway.stranger().refused('/health/nothing-such', 404, 'not_found');
});

scenario('A004-05',
  'how long a component took and what failed last is told to administrators alone', async (gateway) => {
  const [open, full] = [await gateway.stranger().read('/health'), await gateway.administrator().read('/health')];
  assert.equal(open.checks.agent[0].observedValue, undefined);
  assert.equal(open.checks.agent[0].affectedEndpoints, undefined);
  assert.ok(full.checks.agent[0].observedValue >= 0);
  assert.ok('vital' in full.checks.agent[0]);
}, 'admin');

scenario('A004-08',
  'what a component was before is told, and the page\'s stream tells how it is now', async (gateway) => {
  const history = await gateway.stranger().read('/status/history');
  assert.ok(JSON.stringify(history).includes('agent'));
  const stream = await gateway.stranger().call('/status/events');
  assert.equal(stream.status, 200);
  for await (const { data } of blocksOf(stream)) {
    if (!data) continue;
    assert.ok(JSON.parse(data));
    break;
  }
});
