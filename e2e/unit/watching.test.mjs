import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import yaml from 'js-yaml';
import { DASHBOARDS, text } from '../../deploy/grafana/source/make.mjs';
import {
  METRICS_MAY_BE_MISSING, dashboards, knownMetrics, lookedAt, metricsIn, panelsOf, read, ruleTests, rules,
} from '../watching.mjs';

const RUNBOOKS = fileURLToPath(new URL('../../docs/runbooks/', import.meta.url));
const SEVERITIES = ['critical', 'warning'];
const DATASOURCE = '${datasource}';

async function alerts() {
  return (await rules()).map(({ rule }) => rule).filter(({ alert }) => alert);
}

test('dashboards are what their sources make', async () => {
  const boards = await dashboards();
  assert.deepEqual(boards.map(({ file }) => file).sort(), Object.keys(DASHBOARDS).map((name) => `${name}.json`).sort());
  for (const [name, made] of Object.entries(DASHBOARDS)) {
    const lies = await read(`deploy/grafana/dashboards/${name}.json`);
    assert.ok(lies === text(made), `${name}.json is not made anew: node deploy/grafana/source/make.mjs`);
  }
});

test('a dashboard has an address of its own and belongs to no Grafana', async () => {
  const boards = (await dashboards()).map(({ board }) => board);
  assert.equal(new Set(boards.map(({ uid }) => uid)).size, boards.length);
  assert.equal(new Set(boards.map(({ title }) => title)).size, boards.length);
  for (const board of boards) {
    assert.match(board.uid, /^daveloper-[a-z]+$/);
    assert.equal('id' in board, false, `${board.uid} has an id`);
    assert.ok(board.schemaVersion >= 39 && board.description, board.uid);
    assert.deepEqual(board.templating.list.map(({ name }) => name), ['datasource', 'job', 'instance']);
    assert.equal(board.links[0].includeVars, true);
    const ids = board.panels.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, `${board.uid} has two panels with one id`);
  }
});

test('a panel says what it shows, in which unit, of any Prometheus that is chosen', async () => {
  for (const { file, board } of await dashboards()) {
    for (const panel of panelsOf(board)) {
      const where = `${file}, ${panel.title}`;
      assert.ok(panel.title && panel.description && panel.fieldConfig.defaults.unit, where);
      assert.match(panel.description, /\.$/, `${where}: its description is a sentence`);
      assert.ok(panel.targets.length > 0, where);
      for (const { datasource, legendFormat } of [panel, ...panel.targets]) {
        assert.equal(datasource.uid, DATASOURCE, where);
        assert.notEqual(legendFormat, '', where);
      }
      for (const target of panel.targets) assert.ok(target.legendFormat, `${where} has no legend`);
    }
  }
});

test('panels lie side by side and not over each other', async () => {
  for (const { file, board } of await dashboards()) {
    const taken = new Set();
    for (const { title, gridPos: { x, y, w, h } } of board.panels) {
      assert.ok(x + w <= 24, `${file}, ${title} is too wide`);
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          assert.equal(taken.has(`${column},${line}`), false, `${file}, ${title} lies over another`);
          taken.add(`${column},${line}`);
        }
      }
    }
  }
});

test('whatever is shown, recorded or alerted on is a metric of the reference', async () => {
  const known = await knownMetrics();
  const expressions = (await rules()).map(({ rule }) => [rule.alert ?? rule.record, rule.expr]);
  for (const { file, board } of await dashboards()) {
    for (const { title, targets } of panelsOf(board)) {
      expressions.push(...targets.map(({ expr }) => [`${file}, ${title}`, expr]));
    }
  }
  assert.ok(expressions.length > 100, 'the expressions were found');
  const missing = expressions.flatMap(([where, expr]) => metricsIn(expr).filter((name) => !known.has(name))
    .map((name) => `${name} (${where})`));
  if (!METRICS_MAY_BE_MISSING) assert.deepEqual(missing, []);
});

test('names of metrics are found in expressions', () => {
  const found = {
    'histogram_quantile(0.99, sum by (job, le) (rate(a_bucket{b="c"}[5m])))': ['a_bucket'],
    '1 - job:a:rate5m / (b > 0) / on (slo) group_left () (1 - c:d:e)': ['job:a:rate5m', 'b', 'c:d:e'],
    'x offset 1h or vector(0) and sum(y) * 60 >= 1e3': ['x', 'y'],
    'up{job="daveloper"} == 1 unless on (job, instance) z': ['up', 'z'],
  };
  for (const [expr, names] of Object.entries(found)) assert.deepEqual(metricsIn(expr), names, expr);
});

test('what an alert looks at is found without what it compares it with', () => {
  assert.deepEqual(lookedAt('max by (a) (x{b="c"}) == 2'), ['max by (a) (x{b="c"})']);
  const three = 'a:b > 14.4 and (b > 1) / 2 < 0.5 and sum(c) * 60 >= 10';
  assert.deepEqual(lookedAt(three), ['a:b', '(b > 1) / 2', 'sum(c) * 60']);
  assert.deepEqual(lookedAt('t - time() < 14 * 86400'), ['t - time()']);
  assert.deepEqual(lookedAt('up == 1 unless on (job, instance) y'), ['up', 'y']);
});

test('an alert says what is the matter, what to do and where to look', async () => {
  const uids = (await dashboards()).map(({ board }) => board.uid);
  const runbooks = new Set(await readdir(RUNBOOKS));
  const found = await alerts();
  for (const { alert, labels, annotations } of found) {
    assert.match(alert, /^([A-Z][a-z]+)+$/);
    assert.ok(SEVERITIES.includes(labels.severity), alert);
    assert.match(annotations.summary, /\.$/, alert);
    assert.equal(annotations.runbook_url, `docs/runbooks/${alert}.md`);
    assert.ok(runbooks.has(`${alert}.md`), `${alert} has no runbook`);
    assert.ok(uids.includes(annotations.dashboard_url.replace('/d/', '')), `${alert} names no dashboard`);
  }
  const names = new Set(found.map(({ alert }) => `${alert}.md`));
  assert.deepEqual([...runbooks].filter((file) => !names.has(file)), [], 'runbooks without an alert');
});

test('a runbook says what it means, what to look at and what to do, and is listed', async () => {
  const [index, guide] = [await read('docs/README.md'), await read('docs/guides/metrics.md')];
  for (const { alert } of await alerts()) {
    const page = await read(`docs/runbooks/${alert}.md`);
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings, [alert, 'What does it mean?', 'What do I look at?', 'What do I do?'], alert);
    assert.ok(index.includes(`(runbooks/${alert}.md)`), `${alert} is not in docs/README.md`);
    assert.ok(guide.includes(`(../runbooks/${alert}.md)`), `${alert} is not in the guide`);
  }
});

test('an alert is tested to fire with each severity, and to stay silent', async () => {
  const checks = (await ruleTests()).flatMap((one) => one.checks);
  const all = await alerts();
  for (const { alert, labels } of all) {
    const its = checks.filter(({ alertname }) => alertname === alert);
    const fires = its.some(({ exp_alerts: fired }) => fired.some(({ exp_labels: told }) => (
      told.severity === labels.severity && told.window === labels.window)));
    assert.ok(fires, `${alert} (${Object.values(labels)}) is not tested to fire`);
    assert.ok(its.some(({ exp_alerts: fired }) => fired.length === 0), `${alert} is not tested to stay silent`);
  }
  const names = new Set(all.map(({ alert }) => alert));
  assert.deepEqual(checks.map(({ alertname }) => alertname).filter((name) => !names.has(name)), []);
});

test('who keeps quiet and who is told are alerts and receivers that are there', async () => {
  const { route, receivers, inhibit_rules: inhibits } = yaml.load(await read('deploy/alertmanager/alertmanager.yml'));
  const known = receivers.map(({ name }) => name);
  for (const { receiver } of [route, ...route.routes]) assert.ok(known.includes(receiver), receiver);
  const names = new Set((await alerts()).map(({ alert }) => alert));
  for (const rule of inhibits) {
    for (const matcher of [...rule.source_matchers, ...rule.target_matchers]) {
      const [, said] = /^alertname!?=~?"(.*)"$/.exec(matcher) ?? [];
      for (const name of said?.split('|') ?? []) assert.ok(names.has(name), `${name} is no alert`);
    }
  }
});

test('what starts all of it together can be read, and names files that are there', async () => {
  const { services } = yaml.load(await read('deploy/compose.yaml'));
  const watching = ['prometheus', 'alertmanager', 'grafana'];
  for (const name of watching) assert.ok(services[name].networks.includes('watch'), name);
  const { scrape_configs: jobs } = yaml.load(await read('deploy/prometheus/prometheus.yml'));
  assert.deepEqual(jobs.map(({ job_name: name }) => name), ['daveloper']);
  const { providers } = yaml.load(await read('deploy/grafana/provisioning/dashboards/daveloper.yml'));
  assert.ok(services.grafana.volumes.includes(`./grafana/dashboards:${providers[0].options.path}:ro`));
  const { datasources } = yaml.load(await read('deploy/grafana/provisioning/datasources/prometheus.yml'));
  assert.equal(datasources[0].url, 'http://prometheus:9090');
});
