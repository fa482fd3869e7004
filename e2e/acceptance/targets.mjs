import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../gateway-process.mjs';
import { freePort } from '../prometheus-process.mjs';
import { until } from './gateway.mjs';

const ADMIN = 'a key for those who accept';
/** Answers are slow enough to be stopped, and quick enough to be waited for. */
const PACE = '--agent.pace=10ms';
/** Receivers of webhooks are on this machine. */
const COMMON = [
  `--admin.keys=${ADMIN}`, '--webhooks.allow-insecure=true', '--webhooks.allowed-networks=127.0.0.0/8',
  '--webhooks.ports='];
/** On a busy machine nobody does without Redis because it is late. */
const PATIENT = ['--rate-limits.timeout=10s', '--cache.timeout=10s'];

/** What runs while scenarios are played; the last that was started ends first. */
class Running {
  #all = [];

  async add(starting) {
    const one = await starting;
    this.#all.push(one);
    return one;
  }

  async folder() {
    const path = await mkdtemp(join(tmpdir(), 'daveloper-accepted-'));
    this.#all.push({ stop: () => rm(path, { recursive: true, force: true }) });
    return path;
  }

  async stop() {
    const codes = [];
    for (const one of this.#all.splice(0).reverse()) codes.push(await one.stop());
    const wrong = codes.filter(Boolean);
    if (wrong.length) throw new Error(`what was started did not end in order: ${wrong}`);
  }
}

/** One process, which needs nothing else. */
async function embedded(running) {
  return [await running.add(Program.gateway(PACE, ...COMMON))];
}

/** One gateway in front of an agent and documents in Python. */
async function services(running) {
  const peers = await running.add(Program.pythonBoth(await running.folder()));
  const target = `dns:///${peers.address}`;
  return [await running.add(Program.gateway(`--agent.target=${target}`, `--documents.target=${target}`, ...COMMON))];
}

/** Two gateways over one Redis, with one document service in Java. */
async function cluster(running) {
  const folder = await running.folder();
  const redis = await running.add(startRedis(folder));
  const documents = await running.add(Program.javaDocuments(join(folder, 'documents')));
  const options = [
    PACE, ...COMMON, ...PATIENT, `--redis.url=${redis.address}`, `--data.encryption-keys=k1=${'A'.repeat(43)}=`,
    `--documents.target=dns:///${documents.address}`];
  return Promise.all([1, 2].map(() => running.add(Program.gateway(...options))));
}

async function startRedis(folder) {
  const port = await freePort();
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  const over = new Promise((resolve) => child.once('exit', resolve));
  return { address: `redis://127.0.0.1:${port}`, stop: () => { child.kill('SIGTERM'); return over; } };
}

/** The line comes behind the one by which a gateway has started. */
const managementOf = ({ said }) => said.map((line) => /^management on (http:\S+)/.exec(line)?.[1]).find(Boolean);

export const KINDS = { embedded, services, cluster };

/** Starts a target of this kind; what a Gateway wants to know of it, and how to stop it. */
export async function started(kind) {
  const running = new Running();
  try {
    const gateways = await KINDS[kind](running);
    const management = await until(() => managementOf(gateways[0]));
    const addresses = gateways.map(({ address }) => address);
    return { addresses, admin: ADMIN, management, hearsUs: true, stop: () => running.stop() };
  } catch (failure) {
    await running.stop().catch(() => {});
    throw failure;
  }
}
