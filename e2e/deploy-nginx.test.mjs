import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { Program } from './gateway-process.mjs';
import { Nginx } from './nginx-process.mjs';
import { freePort } from './prometheus-process.mjs';
import { isInstalled } from './shared-cache-process.mjs';

/** The nginx of `deploy` in front of two gateways over one Redis: it keeps nothing back and loses nothing. */
const missing = ['nginx', 'redis-server', 'openssl'].filter((name) => !isInstalled(name));
const skip = missing.length ? `not installed: ${missing.join(', ')}` : false;
const QUESTION = JSON.stringify({ message: 'How do I connect my own agent?' });
const LIMIT = 180_000;

let folder;
let redis;
let gateways;
let nginx;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'daveloper-deploy-'));
  const port = await freePort();
  redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    { stdio: 'ignore' });
  const options = [`--redis.url=redis://127.0.0.1:${port}`, '--documents.target=none', '--agent.pace=20ms',
    '--http.trusted-proxies=127.0.0.1', '--chat.drain-grace=1s'];
  gateways = await Promise.all([Program.gateway(...options), Program.gateway(...options)]);
  nginx = await Nginx.inFrontOf(gateways.map(({ address }) => address));
});

after(async () => {
  await nginx?.stop();
  await Promise.all((gateways ?? []).map((gateway) => gateway.stop()));
  if (!redis) return;
  const over = once(redis, 'exit');
  redis.kill('SIGTERM');
  await over;
  await rm(folder, { recursive: true, force: true });
});

async function openSession() {
  const opened = await fetch(`${nginx.address}/sessions`, { method: 'POST' });
  assert.equal(opened.status, 201);
  return opened.json();
}

/** The events of a stream, each with the number of the piece of the network in which it came. */
async function eventsOf(response) {
  const events = [];
  let piece = 0;
  let rest = '';
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    piece += 1;
    const lines = (rest + bytes).split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.startsWith('data:')) events.push({ piece, ...JSON.parse(line.slice(5)) });
  }
  return events;
}

test('server-sent events come as they are made', { skip, timeout: LIMIT }, async () => {
  const headers = {
    Accept: 'text/event-stream', 'Content-Type': 'application/json',
    Authorization: `Bearer ${(await openSession()).token}`,
  };
  const response = await fetch(`${nginx.address}/agent/chat`, { method: 'POST', headers, body: QUESTION });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  const events = await eventsOf(response);
  assert.equal(events.at(0).type, 'run.started');
  assert.equal(events.at(-1).type, 'run.finished');
  assert.equal(events.at(-1).outcome, 'completed');
  const pieces = new Set(events.map(({ piece }) => piece));
  assert.ok(pieces.size > 10, `it came in ${pieces.size} pieces`);
});

test('a WebSocket goes through, and carries an answer', { skip, timeout: LIMIT }, async () => {
  const socket = new WebSocket(`${nginx.address.replace('http', 'ws')}/ws/chat`, 'daveloper.v1');
  await once(socket, 'open');
  const told = [];
  const over = new Promise((resolve, reject) => {
    socket.once('close', (code) => reject(new Error(`closed with ${code}: ${JSON.stringify(told)}`)));
    socket.on('message', (bytes) => {
      const message = JSON.parse(bytes);
      told.push(message.type);
      if (message.type === 'ready') socket.send(JSON.stringify({ type: 'chat.send', ...JSON.parse(QUESTION) }));
      if (message.type === 'run.finished') resolve(message);
    });
  });
  socket.send(JSON.stringify({ type: 'hello', token: (await openSession()).token }));
  assert.equal((await over).outcome, 'completed');
  assert.deepEqual(told.slice(0, 3), ['ready', 'chat.accepted', 'run.started']);
  socket.removeAllListeners('close');
  socket.close();
});

test('over TLS it speaks HTTP/2, and the gateway knows that the browser came over TLS', { skip, timeout: LIMIT },
  async () => {
    const client = http2.connect(nginx.secureAddress, { rejectUnauthorized: false });
    try {
      const request = client.request({ ':method': 'POST', ':path': '/sessions' }, { endStream: true });
      const [headers] = await once(request, 'response');
      assert.equal(client.alpnProtocol, 'h2');
      assert.equal(headers[':status'], 201);
      assert.match(String(headers['set-cookie']), /;\s*Secure/);
      request.resume();
      await once(request, 'close');
    } finally {
      client.close();
    }
  });

test('without a gateway all goes on at the other', { skip, timeout: LIMIT }, async () => {
  const { sessionId, token } = await openSession();
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const asked = await fetch(`${nginx.address}/agent/chat`, { method: 'POST', headers, body: QUESTION });
  assert.equal(asked.status, 200);
  await asked.arrayBuffer();
  await gateways.shift().stop();
  for (let call = 0; call < 6; call++) {
    const history = await fetch(`${nginx.address}/agent/chat/history/${sessionId}`, { headers });
    assert.equal(history.status, 200);
    assert.equal((await history.json()).items.length, 2);
  }
});
