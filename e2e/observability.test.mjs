import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BusyVisitor } from './busy-visitor.mjs';
import { until } from './documents-client.mjs';
import { Program } from './gateway-process.mjs';
import { Prometheus, freePort } from './prometheus-process.mjs';
import { isInstalled } from './shared-cache-process.mjs';
import { METRICS_MAY_BE_MISSING, chosen, dashboards, lookedAt, metricsIn, panelsOf, rules } from './watching.mjs';

/**
 * Every expression of dashboards and rules is asked of a Prometheus that scrapes gateways while they are used: one that
 * keeps all for itself, and one over Redis with agent and documents behind it. Each can be read, and has a value.
 */
const LIMITS = '--rate-limits.policies=mine: 4 per 1h by session on chat';
/** On a busy machine nobody does without Redis because it is late. */
const PATIENT = ['--rate-limits.timeout=10s', '--cache.timeout=10s'];
/** A receiver on this machine, which nobody else's gateway would send to. */
const ADMIN = 'a key for those who watch';
const TELLING = [
  `--admin.keys=${ADMIN}`, '--webhooks.allow-insecure=true', '--webhooks.allowed-networks=127.0.0.0/8',
  '--webhooks.ports='];
const WITHOUT_A_VALUE = new Map([
  ['daveloper_tls_certificate_expiry_timestamp_seconds', 'these gateways have no certificate'],
  ['absent(up{job="daveloper"})', 'there are gateways'],
  ['offset 1h', 'nothing was an hour ago'],
]);
/** Alerts on what is so or is not, however busy the machine is. */
const STATES = [
  'InstanceDown', 'MetricsMissing', 'NotReady', 'DependencyDown', 'ChannelNotReady', 'RedisDisconnected', 'StoreFails',
  'CacheAway', 'NearCacheIncoherent', 'InternalErrors', 'BackgroundTroubles', 'CacheEntriesUnreadable',
  'WebhookEndpointDisabled', 'WebhookDeliveriesDead',
].join('|');
const PATIENCE = 60_000;

/** Visitors who never rest would leave nothing to those who answer them. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 500));

/** Small, so that there is garbage to collect. */
process.env.DAVELOPER_JAVA_OPTS ??= '-Xmn8m';

const missing = ['prometheus', 'redis-server'].filter((name) => !isInstalled(name));
const skip = missing.length ? `${missing.join(' and ')} is not installed` : false;
const running = [];
let prometheus;
let busy = true;
let visits;

before(async () => {
  if (skip) return;
  const folder = await mkdtemp(join(tmpdir(), 'daveloper-watched-'));
  running.push({ stop: () => rm(folder, { recursive: true, force: true }) });
  const redis = await startRedis(folder);
  const alone = await started(Program.gateway('--agent.pace=1ms', LIMITS, ...TELLING));
  const [agent, documents] = await Promise.all([
    started(Program.javaAgent('--agent.pace=1ms')), started(Program.javaDocuments(join(folder, 'documents')))]);
  const many = await started(Program.gateway(LIMITS, `--redis.url=${redis}`, ...PATIENT, ...TELLING,
    `--data.encryption-keys=k1=${'A'.repeat(43)}=`,
    `--agent.target=dns:///${agent.address}`, `--documents.target=dns:///${documents.address}`));
  const receiver = await startReceiver();
  for (const { address } of [alone, many]) await tell(address, receiver);
  prometheus = await started(Prometheus.scraping(await Promise.all([alone, many].map(managementOf))));
  visits = Promise.all([alone, many].map(async ({ address }) => {
    for (; busy; await pause()) await new BusyVisitor(address).visit();
  }));
  // Who is not awaited yet must not end the process by failing; the last test awaits it.
  visits.catch(() => {});
});

after(async () => {
  busy = false;
  await visits?.catch(() => {});
  for (const one of running.reverse()) await one.stop();
});

async function started(starting) {
  const one = await starting;
  running.push(one);
  return one;
}

async function startRedis(folder) {
  const port = await freePort();
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  const over = new Promise((resolve) => child.once('exit', resolve));
  running.push({ stop: () => { child.kill('SIGTERM'); return over; } });
  return `redis://127.0.0.1:${port}`;
}

/** Takes whatever it is told. */
async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({ stop: () => server.close() });
  return `http://127.0.0.1:${server.address().port}/`;
}

async function tell(gateway, url) {
  const headers = { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' };
  const created = await fetch(`${gateway}/webhooks`, { method: 'POST', headers, body: JSON.stringify({ url }) });
  assert.equal(created.status, 201, await created.text());
}

async function managementOf(gateway) {
  const said = () => gateway.said.map((line) => /^management on http:\/\/(\S+)$/.exec(line)?.[1]).find(Boolean);
  await until(said, 'the start says where the metrics are');
  return said();
}

/** Why this expression has no value here; nothing when it has to have one. */
function whyNot(expr) {
  return [...WITHOUT_A_VALUE].find(([part]) => expr.includes(part))?.[1];
}

/** Waits until the expression has a value that is a number, with all labels that its legend names. */
async function valueOf(expr, legend = '') {
  const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
  let found = [];
  const end = Date.now() + PATIENCE;
  do {
    found = await prometheus.query(expr);
    if (found.some(({ value }) => value !== 'NaN')) break;
    await pause();
  } while (Date.now() < end);
  if (!found.some(({ value }) => value !== 'NaN')) return `${expr} has no value, but ${JSON.stringify(found)}`;
  const without = labels.filter((label) => !found.some(({ metric }) => label in metric));
  return without.length ? `${expr} has no ${without.join(', ')} for its legend` : null;
}

/** What is wrong with these expressions, each [where, expr, legend]; those may wait whose metrics nobody tells yet. */
async function wrongWith(expressions) {
  const names = new Set(await prometheus.names());
  const wrong = await Promise.all(expressions.map(async ([where, expr, legend]) => {
    await prometheus.query(expr);
    const untold = metricsIn(expr).some((name) => !names.has(name) && name !== 'ALERTS');
    if (whyNot(expr) || (METRICS_MAY_BE_MISSING && untold)) return null;
    const found = await valueOf(expr, legend);
    return found && `${where}: ${found}`;
  }));
  return wrong.filter(Boolean);
}

test('whatever a rule records has a value while gateways are used', { skip }, async () => {
  await until(async () => (await prometheus.query('slo:daveloper_budget_left:ratio30d{slo="requests"}')).length > 0,
    'a budget is known');
  const listed = (await rules()).filter(({ rule }) => rule.record);
  const needed = METRICS_MAY_BE_MISSING ? await withoutUntold(listed) : listed;
  assert.ok(needed.length > 15, 'the records were found');
  assert.deepEqual(await wrongWith(needed.map(({ rule }) => [rule.record, recordedBy(rule), ''])), []);
});

/** The series that the rule makes. */
function recordedBy({ record, labels = {} }) {
  return `${record}{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`)}}`;
}

async function withoutUntold(listed) {
  const names = new Set([...await prometheus.names(), 'ALERTS']);
  return listed.filter(({ rule }) => metricsIn(rule.expr).every((name) => names.has(name)));
}

test('whatever an alert looks at has a value while gateways are used', { skip }, async () => {
  const alerts = (await rules()).map(({ rule }) => rule).filter(({ alert }) => alert);
  for (const { expr } of alerts) await prometheus.query(expr);
  const looks = alerts.flatMap(({ alert, expr }) => lookedAt(expr).map((part) => [alert, part, '']));
  assert.ok(looks.length > alerts.length, 'what they look at was found');
  assert.deepEqual(await wrongWith(looks), []);
});

test('every panel of every dashboard shows something while gateways are used', { skip }, async () => {
  const all = (await dashboards()).flatMap(({ file, board }) => panelsOf(board).map((panel) => ({ file, ...panel })));
  const expressions = all.flatMap(({ file, title, targets }) => (
    targets.map(({ expr, legendFormat }) => [`${file}, ${title}`, chosen(expr), legendFormat])));
  assert.ok(expressions.length > 80, 'the panels were found');
  assert.deepEqual(await wrongWith(expressions), []);
});

test('Prometheus has no trouble with any rule, and a gateway that is well calls nobody for it', { skip }, async () => {
  const known = await prometheus.rules();
  const ill = known.filter(({ health }) => health !== 'ok');
  assert.deepEqual(ill.map(({ name, lastError }) => `${name}: ${lastError}`), []);
  await until(async () => !(await prometheus.query(`ALERTS{alertname=~"${STATES}"}`)).length, 'all is well');
  busy = false;
  await visits;
});
