import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';
import { isInstalled } from '../shared-cache-process.mjs';

/** What `deploy` says of the program is so: keys, ports, addresses, and times that are long enough. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STOP_SECONDS = 45;
const OTHER_VARIABLES = ['DAVELOPER_JAVA_OPTS', 'DAVELOPER_CONFIG'];

const read = (name) => readFile(join(ROOT, name), 'utf8');
const all = async (name) => yaml.loadAll(await read(name));

/** Every key of the program with its default, as the reference has them. */
async function keys() {
  const rows = (await read('docs/reference/configuration.md')).matchAll(/^\| `([a-z][\w.-]*)` \| (\S+) \|/gm);
  return new Map([...rows].map(([, key, standard]) => [key, standard.replaceAll('`', '')]));
}

async function manifests() {
  const folder = 'deploy/kubernetes';
  const names = (await readdir(join(ROOT, folder), { recursive: true })).filter((name) => name.endsWith('.yaml'));
  return (await Promise.all(names.map((name) => all(join(folder, name))))).flat();
}

async function deployment() {
  const found = (await manifests()).find(({ kind }) => kind === 'Deployment');
  return { ...found.spec.template.spec, container: found.spec.template.spec.containers[0] };
}

/** The names of variables of this program in a text. */
const variablesIn = (text) => [...new Set(text.match(/\bDAVELOPER_[A-Z_]+\b/g))];

test('every YAML file can be read', async () => {
  const names = (await readdir(join(ROOT, 'deploy'), { recursive: true })).filter((name) => /\.ya?ml$/.test(name));
  assert.ok(names.length > 15, names.join());
  for (const name of names) assert.ok((await all(join('deploy', name))).every(Boolean), name);
});

test('every variable and every key is one of the program', async () => {
  const known = await keys();
  assert.equal(known.get('http.port'), '8080');
  const variables = new Set([...known.keys()].map((key) => `DAVELOPER_${key.toUpperCase().replace(/[.-]/g, '_')}`));
  const files = ['compose.yaml', 'Dockerfile', 'kubernetes/deployment.yaml', 'systemd/daveloper.service'];
  for (const name of files) {
    const used = variablesIn(await read(join('deploy', name)));
    assert.ok(used.length, name);
    for (const variable of used) assert.ok(variables.has(variable) || OTHER_VARIABLES.includes(variable), variable);
  }
  for (const key of Object.keys(yaml.load(await read('deploy/kubernetes/daveloper.yaml')))) {
    assert.ok(known.has(key), key);
  }
});

test('ports and addresses are those that the program has', async () => {
  const known = await keys();
  const { container } = await deployment();
  const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
  assert.deepEqual(ports, { http: Number(known.get('http.port')), management: Number(known.get('management.port')) });

  const paths = yaml.load(await read('adapters-http/src/main/resources/api/openapi.yaml')).paths;
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const { path, port } = container[probe].httpGet;
    assert.ok(paths[path]?.get, path);
    assert.ok(port in ports, port);
  }
  assert.equal(container.livenessProbe.httpGet.path, '/health/live');
  assert.equal(container.readinessProbe.httpGet.path, '/health/ready');

  const { services } = yaml.load(await read('deploy/compose.yaml'));
  const gateways = Object.keys(services).filter((name) => services[name].image === 'daveloper');
  const scraped = yaml.load(await read('deploy/prometheus/prometheus.yml')).scrape_configs[0].static_configs[0].targets;
  assert.deepEqual(scraped, gateways.map((name) => `${name}:${ports.management}`));
  const nginx = await read('deploy/nginx/nginx.conf');
  for (const name of gateways) assert.ok(nginx.includes(`server ${name}:${ports.http};`), name);
  // The example serves both on one port.
  const [, both] = /"both": (\d+)/.exec(await read('examples/python-agent/main.py'));
  const { DAVELOPER_AGENT_TARGET: agent, DAVELOPER_DOCUMENTS_TARGET: documents } = services[gateways[0]].environment;
  assert.deepEqual([agent, documents], Array(2).fill(`dns:///agent:${both}`));
});

test('nobody is killed before the gateway has stopped', async () => {
  assert.match(await read('docs/guides/operate.md'), new RegExp(`Stopping takes ${STOP_SECONDS} seconds at the very`));
  const seconds = (text) => Number(/^(\d+)s$/.exec(text)[1]);

  const { services } = yaml.load(await read('deploy/compose.yaml'));
  assert.ok(seconds(services['gateway-1'].stop_grace_period) >= STOP_SECONDS);
  const unit = await read('deploy/systemd/daveloper.service');
  assert.ok(seconds(/^TimeoutStopSec=(.*)$/m.exec(unit)[1]) >= STOP_SECONDS);
  const { container, terminationGracePeriodSeconds } = await deployment();
  const pause = Number(container.lifecycle.preStop.exec.command.at(-1));
  assert.ok(pause >= container.readinessProbe.periodSeconds);
  assert.ok(terminationGracePeriodSeconds >= pause + STOP_SECONDS);
});

test('selectors find the pods, and the budget leaves some', async () => {
  const found = await manifests();
  const labels = { 'app.kubernetes.io/name': 'daveloper' };
  const of = (kind) => found.filter((manifest) => manifest.kind === kind);
  const [pods] = of('Deployment');
  assert.deepEqual(pods.spec.template.metadata.labels, labels);
  assert.deepEqual(pods.spec.selector.matchLabels, labels);
  for (const service of of('Service')) assert.deepEqual(service.spec.selector, labels);
  assert.deepEqual(of('PodDisruptionBudget')[0].spec.selector.matchLabels, labels);
  assert.deepEqual(of('NetworkPolicy')[0].spec.podSelector.matchLabels, labels);
  const [scaler] = of('HorizontalPodAutoscaler');
  assert.equal(scaler.spec.scaleTargetRef.name, pods.metadata.name);
  assert.ok(scaler.spec.minReplicas > of('PodDisruptionBudget')[0].spec.maxUnavailable);
});

test('nothing runs as root, and nothing is written but where it may be', async () => {
  const { container, securityContext, volumes } = await deployment();
  assert.equal(securityContext.runAsNonRoot, true);
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.deepEqual(container.volumeMounts.map(({ name }) => name), volumes.map(({ name }) => name));
  for (const name of ['Dockerfile', 'python-agent.Dockerfile']) {
    assert.match(await read(join('deploy', name)), /^USER 65532:65532$/m);
  }
  const { services } = yaml.load(await read('deploy/compose.yaml'));
  for (const name of ['gateway-1', 'gateway-2', 'nginx', 'agent']) assert.equal(services[name].read_only, true, name);
  assert.ok(services['gateway-1'].tmpfs.some((mount) => mount.startsWith('/tmp:exec')), 'native libraries are loaded');
});

/** Of programs that are not on every machine. */
function checked(name, args, { tolerate = /^$/ } = {}) {
  const { status, stdout, stderr } = spawnSync(name, args, { cwd: ROOT, encoding: 'utf8' });
  const complaints = stderr.split('\n').filter((line) => line && !tolerate.test(line));
  assert.ok(status === 0 || !complaints.length, stderr);
  assert.deepEqual(complaints, []);
  return stdout;
}

const without = (name) => (isInstalled(name) ? false : `${name} is not installed`);

test('kustomize builds it', { skip: without('kubectl') }, () => {
  const built = yaml.loadAll(checked('kubectl', ['kustomize', 'deploy/kubernetes']));
  const config = built.find(({ kind }) => kind === 'ConfigMap');
  const pods = built.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  assert.ok(pods.volumes.some(({ configMap }) => configMap?.name === config.metadata.name));
  assert.ok(checked('kubectl', ['kustomize', 'deploy/kubernetes/monitoring']).includes('kind: ServiceMonitor'));
});

test('systemd understands the unit', { skip: without('systemd-analyze') }, () => {
  // What it starts is installed on no machine that builds.
  const tolerate = /is not executable: No such file or directory/;
  checked('systemd-analyze', ['verify', 'deploy/systemd/daveloper.service'], { tolerate });
});

const noCompose = isInstalled('docker') && spawnSync('docker', ['compose', 'version']).status === 0
  ? false : 'docker compose is not installed';

test('compose understands its file', { skip: noCompose }, () => {
  checked('docker', ['compose', '-f', 'deploy/compose.yaml', 'config', '--quiet']);
});
