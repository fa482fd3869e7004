import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_LIMIT = 20_000;
const LOOK = 50;

/** Whether this program is installed. */
export function isInstalled(name) {
  return !spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${name}`]).status;
}

/** A cache that many share, in front of a gateway, as an operator would put it there. */
export class SharedCache {
  #process;
  #folder;

  constructor(process, folder, address, wasHit) {
    this.#process = process;
    this.#folder = folder;
    this.address = address;
    /** Whether a response came out of this cache. */
    this.wasHit = wasHit;
  }

  static async nginx(gateway) {
    const folder = await mkdtemp(join(tmpdir(), 'daveloper-nginx-'));
    const port = await freePort();
    const conf = join(folder, 'nginx.conf');
    await writeFile(conf, nginxConf(folder, port, gateway));
    const address = `http://127.0.0.1:${port}`;
    const args = ['-c', conf, '-p', folder, '-e', join(folder, 'error.log')];
    return started('nginx', args, folder, port, address, (response) => response.headers.get('x-cache') === 'HIT');
  }

  static async varnish(gateway) {
    const folder = await mkdtemp(join(tmpdir(), 'daveloper-varnish-'));
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const backend = new URL(gateway).host;
    const where = ['-n', folder, '-a', `127.0.0.1:${port}`, '-b', backend];
    const args = ['-j', 'none', '-F', ...where, '-s', 'malloc,16m', '-T', 'none'];
    // Varnish names the request, and behind it the one whose answer it kept.
    const wasHit = (response) => (response.headers.get('x-varnish') ?? '').trim().includes(' ');
    return started('varnishd', args, folder, port, address, wasHit);
  }

  async close() {
    const over = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await over;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function started(command, args, folder, port, address, wasHit) {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  const said = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  let ended = null;
  child.once('exit', (code) => { ended = code; });
  child.once('error', (error) => { ended = error; });
  const deadline = Date.now() + START_LIMIT;
  while (!(await listens(port))) {
    if (ended !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${command} did not start (${ended}): ${said.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  return new SharedCache(child, folder, address, wasHit);
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** It keeps what the gateway says may be kept, and nothing is said to it beyond that. */
function nginxConf(folder, port, gateway) {
  const user = process.getuid?.() === 0 ? 'user root;\n' : '';
  return `${user}daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=answers:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${gateway};
      proxy_http_version 1.1;
      proxy_cache answers;
      add_header X-Cache $upstream_cache_status always;
    }
  }
}
`;
}
