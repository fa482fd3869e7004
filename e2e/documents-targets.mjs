import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from './gateway-process.mjs';

/**
 * A gateway, and a document service of one of three kinds: within the gateway, as a process of the same program, or the
 * example in Python.
 */
export class Target {
  static KINDS = {
    'the gateway itself': null,
    'a service of its own': Program.javaDocuments,
    'the example in Python': Program.pythonDocuments,
  };

  #start;
  #folder;
  #port = 0;

  constructor(kind) {
    this.#start = Target.KINDS[kind];
  }

  async open() {
    this.#folder = await mkdtemp(join(tmpdir(), 'daveloper-e2e-'));
    const options = [];
    if (this.#start) {
      await this.startService();
      options.push(`--documents.target=dns:///${this.service.address}`);
    }
    this.gateway = await Program.gateway('--agent.pace=1ms', ...options);
    return this;
  }

  /** Starts the service, again where it was before. */
  async startService() {
    this.service = await this.#start(this.#folder, this.#port);
    this.#port = Number(this.service.address.split(':').at(-1));
  }

  /** Whether any file of the document service or the gateway holds these bytes. */
  async holds(text) {
    const folders = [this.#folder, this.gateway.folder];
    for (const folder of folders) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile())) {
        // A file may go while this reads.
        const content = await readFile(join(entry.parentPath ?? entry.path, entry.name)).catch(() => Buffer.alloc(0));
        if (content.includes(text)) return true;
      }
    }
    return false;
  }

  async close() {
    const codes = [await this.gateway?.stop(), await this.service?.stop()];
    await rm(this.#folder, { recursive: true, force: true });
    return codes.filter((code) => code !== undefined);
  }
}
