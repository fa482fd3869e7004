import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './documents-client.mjs';
import { freePort } from './prometheus-process.mjs';
import { isInstalled } from './shared-cache-process.mjs';

/** The routes of `deploy` in a real Alertmanager: who is told of what, and which alert keeps quiet beside which. */
const CONFIG = fileURLToPath(new URL('../deploy/alertmanager/alertmanager.yml', import.meta.url));
const PROGRAM = 'prometheus-alertmanager';
const skip = isInstalled(PROGRAM) ? false : `${PROGRAM} is not installed`;
const JOB = { job: 'daveloper' };
const A = { ...JOB, instance: 'a:8081' };
const B = { ...JOB, instance: 'b:8081' };

let alertmanager;
let folder;
let api;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'daveloper-alertmanager-'));
  const address = `127.0.0.1:${await freePort()}`;
  alertmanager = spawn(PROGRAM, [
    `--config.file=${CONFIG}`, `--storage.path=${folder}`,
    `--web.listen-address=${address}`, '--cluster.listen-address=',
  ], { stdio: 'ignore' });
  api = `http://${address}/api/v2/alerts`;
  await until(() => fetch(`http://${address}/-/ready`).then(({ ok }) => ok, () => false), 'Alertmanager is ready');
});

after(async () => {
  if (!alertmanager) return;
  const over = new Promise((resolve) => alertmanager.once('exit', resolve));
  alertmanager.kill('SIGTERM');
  await over;
  await rm(folder, { recursive: true, force: true });
});

function alert(alertname, severity, labels) {
  return { labels: { alertname, severity, ...labels } };
}

async function post(alerts) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(api, { method: 'POST', headers, body: JSON.stringify(alerts) });
  assert.equal(response.status, 200, await response.text());
}

/** Lets alerts fire and answers those that are told, as `name severity`, once this many keep quiet. */
async function toldOf(alerts, quiet) {
  const told = [];
  await post(alerts);
  await until(async () => {
    const known = await (await fetch(api)).json();
    told.splice(0, Infinity, ...known.filter(({ status }) => !status.inhibitedBy.length));
    return known.length === alerts.length && known.length - told.length === quiet;
  }, `${quiet} of ${alerts.length} keep quiet`);
  await over(alerts);
  return told.map(({ labels }) => `${labels.alertname} ${labels.severity}`).sort();
}

/** Ends the alerts, so that the next test has none. */
async function over(alerts) {
  const [startsAt, endsAt] = [2000, 1000].map((ago) => new Date(Date.now() - ago).toISOString());
  await post(alerts.map(({ labels }) => ({ labels, startsAt, endsAt })));
  await until(async () => !(await (await fetch(api)).json()).length, 'the alerts are over');
}

test('what is critical calls somebody, the rest waits for the day', { skip }, async () => {
  const alerts = [alert('StoreFails', 'critical', A), alert('RedisSlow', 'warning', B)];
  await post(alerts);
  let known = [];
  await until(async () => (known = await (await fetch(api)).json()).length === alerts.length, 'both are known');
  const told = Object.fromEntries(known.map(({ labels, receivers }) => [labels.alertname, receivers[0].name]));
  assert.deepEqual(told, { StoreFails: 'on-call', RedisSlow: 'tickets' });
  await over(alerts);
});

test('of a node that is down nothing else is told, and of others it is', { skip }, async () => {
  const told = await toldOf([
    alert('InstanceDown', 'critical', A), alert('OverheadHigh', 'warning', { ...A, phase: 'delta' }),
    alert('OverheadHigh', 'warning', { ...B, phase: 'delta' }),
  ], 1);
  assert.deepEqual(told, ['InstanceDown critical', 'OverheadHigh warning']);
});

test('of one trouble only the worst is told', { skip }, async () => {
  const budget = { ...JOB, slo: 'answers' };
  const told = await toldOf([
    alert('ErrorBudgetBurnsFast', 'critical', { ...budget, window: '1h' }),
    alert('ErrorBudgetBurnsFast', 'critical', { ...budget, window: '6h' }),
    alert('ErrorBudgetBurnsSlowly', 'warning', { ...budget, window: '1d' }),
    alert('ErrorBudgetBurnsSlowly', 'warning', { ...JOB, slo: 'requests', window: '3d' }),
    alert('DiskSpaceLow', 'critical', { ...A, volume: 'data' }),
    alert('DiskSpaceLow', 'warning', { ...A, volume: 'data' }),
    alert('DiskSpaceLow', 'warning', { ...A, volume: 'documents' }),
  ], 3);
  assert.deepEqual(told, [
    'DiskSpaceLow critical', 'DiskSpaceLow warning', 'ErrorBudgetBurnsFast critical', 'ErrorBudgetBurnsSlowly warning',
  ]);
});

test('what follows from a Redis or an agent that is away keeps quiet', { skip }, async () => {
  const told = await toldOf([
    alert('RedisDisconnected', 'critical', { ...A, link: 'commands' }), alert('CacheAway', 'warning', A),
    alert('RateLimiterAway', 'warning', A), alert('StoreFails', 'critical', A),
    alert('DependencyDown', 'critical', { ...JOB, component: 'redis' }), alert('CacheAway', 'warning', B),
    alert('DependencyDown', 'critical', { ...JOB, component: 'agent' }),
    alert('AgentFails', 'warning', { ...JOB, code: 'agent_unavailable' }),
    alert('ChannelNotReady', 'warning', { ...A, service: 'agent' }),
    alert('RpcErrors', 'warning', { ...JOB, service: 'documents' }),
  ], 6);
  assert.deepEqual(told, [
    'CacheAway warning', 'DependencyDown critical', 'RedisDisconnected critical', 'RpcErrors warning',
  ]);
});
