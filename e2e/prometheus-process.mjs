import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RULES = fileURLToPath(new URL('../deploy/prometheus/rules', import.meta.url));
const START_LIMIT = 30_000;
const LOOK = 100;

/** A Prometheus with the rules of `deploy`, which scrapes and reckons every second instead of some times a minute. */
export class Prometheus {
  #process;
  #folder;
  #said;

  constructor(process, folder, address, said) {
    this.#process = process;
    this.#folder = folder;
    this.#said = said;
    this.address = address;
  }

  /** @param targets where gateways tell their metrics, as host:port */
  static async scraping(targets) {
    const folder = await mkdtemp(join(tmpdir(), 'daveloper-prometheus-'));
    await hurriedRules(join(folder, 'rules'));
    await writeFile(join(folder, 'prometheus.yml'), JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: ['rules/*.yml'],
      scrape_configs: [{ job_name: 'daveloper', static_configs: [{ targets }] }],
    }));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`, '--log.level=warn',
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said = [];
    child.stderr.on('data', (text) => said.push(String(text)));
    const started = new Prometheus(child, folder, `http://${address}`, said);
    await started.#untilReady();
    return started;
  }

  async #untilReady() {
    const deadline = Date.now() + START_LIMIT;
    while (!(await fetch(`${this.address}/-/ready`).then(({ ok }) => ok, () => false))) {
      if (this.#process.exitCode !== null || Date.now() > deadline) {
        await this.stop();
        throw new Error(`Prometheus did not start: ${this.#said.join('')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  /** What an expression is now, as a list of {metric, value}. What cannot be read is an error. */
  async query(expr) {
    const body = new URLSearchParams({ query: expr });
    const response = await fetch(`${this.address}/api/v1/query`, { method: 'POST', body });
    const { status, error, data } = await response.json();
    if (status !== 'success') throw new Error(`${expr}: ${error}`);
    if (data.resultType === 'scalar') return [{ metric: {}, value: data.result[1] }];
    return data.result.map(({ metric, value }) => ({ metric, value: value[1] }));
  }

  /** The names of all series. */
  async names() {
    return (await (await fetch(`${this.address}/api/v1/label/__name__/values`)).json()).data;
  }

  /** Every rule as Prometheus reads it, with what went wrong with it last. */
  async rules() {
    const { data } = await (await fetch(`${this.address}/api/v1/rules`)).json();
    return data.groups.flatMap(({ rules }) => rules);
  }

  async stop() {
    if (this.#process.exitCode === null) {
      const over = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      await over;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The rules as they are, but for groups that have a pace of their own. */
async function hurriedRules(folder) {
  await cp(RULES, folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const rules = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), rules.replace(/^( +interval:) \w+$/gm, '$1 1s'));
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
