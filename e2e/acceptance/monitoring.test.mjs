import assert from 'node:assert/strict';
import { until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** The sum of all series of a metric that have these labels. */
async function measured(gateway, name, labels = '') {
  const response = await fetch(`${gateway.management}/metrics`);
  assert.equal(response.status, 200);
  const series = [...(await response.text()).matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)`, 'gm'))];
  const chosen = series.filter(([, found]) => !labels || found?.includes(labels));
  return chosen.reduce((sum, [, , value]) => sum + Number(value), 0);
}

scenario('A009-01 A009-02', 'requests, answers and sessions are counted on the management port', async (gateway) => {
  const [address] = gateway.addresses;
  const requests = () => measured(gateway, 'daveloper_http_requests_seconds_count', '/agent/tools');
  const answers = () => measured(gateway, 'daveloper_runs_ended_total', 'completed');
  const before = [await requests(), await answers()];
  const me = await gateway.visitor();
  await me.call('/agent/tools', { address });
  const answered = await me.call('/agent/chat', { method: 'POST', json: { message: 'Hello' }, address });
  assert.equal(answered.status, 200);
  await until(async () => await requests() > before[0] && await answers() > before[1]);
}, 'management');

scenario('A009-01', 'metrics are told nowhere but on the management port', async (gateway) => {
  await gateway.stranger().refused('/metrics', 404, 'route_not_found');
});

scenario('A009-03', 'a trace that comes with a request goes on in it', async (gateway) => {
  const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };
  const me = await gateway.visitor();
  for (const path of ['/sessions/current', '/agent/runs/run_01jc3v5m6x8qf7k2n9r4t0w1ae']) {
    assert.equal((await me.call(path, { headers })).headers.get('x-trace-id'), TRACE);
  }
  const wrong = await me.call('/sessions/current', { headers: { traceparent: '00-nothing' } });
  assert.match(wrong.headers.get('x-trace-id'), /^[0-9a-f]{32}$/);
});

scenario('A009-04', 'a response says which request it answers and where its time went', async (gateway) => {
  const me = await gateway.visitor();
  const first = await me.call('/sessions/current');
  const second = await me.call('/sessions/current');
  assert.notEqual(first.headers.get('x-request-id'), second.headers.get('x-request-id'));
  assert.match(first.headers.get('server-timing'), /total;dur=[\d.]+/);
  assert.equal(first.headers.get('cache-control'), 'no-store');
});
