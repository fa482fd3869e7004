import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A first start builds what is missing, in milliseconds. */
const START_LIMIT = 300_000;
const STOP_LIMIT = 45_000;

/** A program of this house in a process of its own, from its command to the line that says where it listens. */
export class Program {
  #process;
  #folder;
  #said;

  constructor(process, folder, address, said) {
    this.#process = process;
    this.#folder = folder;
    this.#said = said;
    this.address = address;
  }

  /** Where a gateway's data lies; null for others. */
  get folder() {
    return this.#folder;
  }

  /** The lines it has written so far, on either output. */
  get said() {
    return [...this.#said];
  }

  /** The gateway by the README's command, with data in a folder of its own. */
  static async gateway(...options) {
    const folder = await mkdtemp(join(tmpdir(), 'daveloper-e2e-'));
    const ports = ['--http.port=0', '--management.port=0'];
    const all = [...ports, '--rate-limits.defaults=false', `--data.dir=${join(folder, 'data')}`, ...options];
    return Program.#start(join(ROOT, 'daveloper'), all, folder, /^listening on (http:\S+)$/);
  }

  /** The example agent in Python. */
  static pythonAgent(...options) {
    const run = join(ROOT, 'examples/python-agent/run');
    return Program.#start(run, ['--port', '0', ...options], null, /^listening on (\S+)$/);
  }

  /** The built-in agent in a process of its own. */
  static javaAgent(...options) {
    return Program.#start(join(ROOT, 'daveloper'), ['agent', '--port', '0', ...options], null, /listening on (\S+)$/);
  }

  /** A document service in Java in a process of its own; what it keeps lies in `folder`, which outlives it. */
  static javaDocuments(folder, port = 0) {
    const options = ['documents', '--port', String(port), `--data.dir=${folder}`];
    return Program.#start(join(ROOT, 'daveloper'), options, null, /listening on (\S+)$/);
  }

  /** The example's document service in Python; what it keeps lies in `folder`, which outlives it. */
  static pythonDocuments(folder, port = 0) {
    const run = join(ROOT, 'examples/python-agent/run');
    return Program.#start(run, ['documents', '--port', String(port), '--data', folder], null, /listening on (\S+)$/);
  }

  /** The example's agent and document service in Python in one process; what it keeps lies in `folder`. */
  static pythonBoth(folder) {
    const run = join(ROOT, 'examples/python-agent/run');
    const options = ['both', '--port', '0', '--data', folder];
    return Program.#start(run, options, null, /^listening on (\S+)$/);
  }

  static #start(command, options, folder, listening) {
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => child.kill(), START_LIMIT);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(giveUp);
        reject(new Error(`${command} ended with ${code}: ${said.join('\n')}`));
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line);
        const found = listening.exec(line);
        if (!found) return;
        clearTimeout(giveUp);
        resolve(new Program(child, folder, found[1], said));
      });
    });
  }

  /** Asks it to end and waits until it has; answers its exit code. */
  async stop(signal = 'SIGTERM') {
    const code = await new Promise((resolve) => {
      if (this.#process.exitCode !== null) return resolve(this.#process.exitCode);
      const kill = setTimeout(() => this.#process.kill('SIGKILL'), STOP_LIMIT);
      this.#process.once('exit', (exitCode) => {
        clearTimeout(kill);
        resolve(exitCode);
      });
      return this.#process.kill(signal);
    });
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
    return code;
  }
}
