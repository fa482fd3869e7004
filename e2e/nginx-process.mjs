import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './documents-client.mjs';
import { freePort } from './prometheus-process.mjs';

const CONFIG = fileURLToPath(new URL('../deploy/nginx', import.meta.url));
const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

/** The nginx of `deploy`, with TLS, as it stands but for names of machines, ports and where it writes. */
export class Nginx {
  #process;
  #folder;

  constructor(process, folder, plain, secure) {
    this.#process = process;
    this.#folder = folder;
    this.address = `http://127.0.0.1:${plain}`;
    this.secureAddress = `https://127.0.0.1:${secure}`;
  }

  /** @param gateways two addresses */
  static async inFrontOf(gateways) {
    const folder = await mkdtemp(join(tmpdir(), 'daveloper-nginx-'));
    const [plain, secure] = [await freePort(), await freePort()];
    await cp(CONFIG, folder, { recursive: true });
    await rename(join(folder, 'tls.conf.example'), join(folder, 'tls.conf'));
    await makeCertificate(folder);
    await change(join(folder, 'nginx.conf'), [
      ...gateways.map((gateway, index) => [`gateway-${index + 1}:8080`, new URL(gateway).host]),
      ['listen 8080', `listen 127.0.0.1:${plain}`],
      ['/tmp/', `${folder}/`],
      ['worker_processes auto', 'worker_processes 1'],
    ]);
    await change(join(folder, 'tls.conf'), [['listen 8443', `listen 127.0.0.1:${secure}`]]);
    const args = ['-p', folder, '-c', 'nginx.conf', '-g', superuser('daemon off;'), '-e', 'stderr'];
    const checked = spawnSync('nginx', [...args, '-t'], { env: ENV, encoding: 'utf8' });
    if (checked.status) throw new Error(checked.stderr);
    const child = spawn('nginx', args, { env: ENV, stdio: ['ignore', 'ignore', 'inherit'] });
    await until(() => listens(plain), 'nginx listens');
    return new Nginx(child, folder, plain, secure);
  }

  async stop() {
    const over = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await over;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Started by root its workers would be nobody, who may not read this folder. */
function superuser(directives) {
  return process.getuid?.() === 0 ? `user root; ${directives}` : directives;
}

async function makeCertificate(folder) {
  await mkdir(join(folder, 'tls'));
  const made = spawnSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1',
    '-subj', '/CN=127.0.0.1', '-keyout', join(folder, 'tls/key.pem'), '-out', join(folder, 'tls/cert.pem'),
  ], { encoding: 'utf8' });
  if (made.status) throw new Error(made.stderr);
}

async function change(file, replacements) {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
    text = text.replaceAll(from, to);
  }
  await writeFile(file, text);
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}
