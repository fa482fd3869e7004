import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { verify } from '../examples/webhook-receivers/verify.mjs';
import { Program } from './gateway-process.mjs';

const EXAMPLES = new URL('../examples/webhook-receivers/', import.meta.url);
const GOLDEN = JSON.parse(readFileSync(new URL('golden.json', EXAMPLES)));
const ADMIN = 'a key of an administrator';

let gateway;
let receiver;
const received = [];

before(async () => {
  receiver = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    response.writeHead(204).end();
  });
  await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));
  gateway = await Program.gateway(
    `--admin.keys=${ADMIN}`,
    '--webhooks.allow-insecure=true',
    '--webhooks.allowed-networks=127.0.0.0/8',
    '--webhooks.ports=',
  );
});

after(async () => {
  assert.equal(await gateway?.stop(), 0, 'the gateway ends in order');
  receiver?.close();
});

function goldenHeaders(signature) {
  return { 'webhook-id': GOLDEN.id, 'webhook-timestamp': GOLDEN.timestamp, 'webhook-signature': signature };
}

async function awaitEvent(type) {
  for (let tries = 0; tries < 300; tries++) {
    const found = received.find((delivery) => JSON.parse(delivery.body).type === type);
    if (found) return found;
    await new Promise((soon) => setTimeout(soon, 100));
  }
  throw new Error(`no ${type} has come`);
}

test('the snippet of the guide for Node.js knows what is genuine', () => {
  const at = Number(GOLDEN.timestamp) + 60;
  const headers = goldenHeaders(GOLDEN.signature);
  assert.equal(verify(headers, GOLDEN.body, GOLDEN.secret, at).type, 'session.opened');
  assert.equal(verify(headers, GOLDEN.body, GOLDEN.oldSecret, at).type, 'session.opened');
  assert.throws(() => verify(headers, `${GOLDEN.body} `, GOLDEN.secret, at), /not signed/);
  assert.throws(() => verify(headers, GOLDEN.body, GOLDEN.secret, at + 600), /too old/);
  assert.throws(() => verify({}, GOLDEN.body, GOLDEN.secret, at), /too old/);
  assert.throws(() => verify(goldenHeaders(undefined), GOLDEN.body, GOLDEN.secret, at), /not signed/);
  assert.throws(() => verify(goldenHeaders('v2,abc v1,'), GOLDEN.body, GOLDEN.secret, at), /not signed/);
});

test('the snippet of the guide for Python knows what is genuine', () => {
  const program = `
import json, verify
golden = json.load(open("golden.json", encoding="utf-8"))
headers = {"webhook-id": golden["id"], "webhook-timestamp": golden["timestamp"],
           "webhook-signature": golden["signature"]}
body = golden["body"].encode()
now = int(golden["timestamp"]) + 60
print(verify.verify(headers, body, golden["secret"], now)["type"])
print(verify.verify(headers, body, golden["oldSecret"], now)["type"])
strange = dict(headers, **{"webhook-signature": "v1,\\u00fc"})
untimely = dict(headers, **{"webhook-timestamp": "soon"})
for given, wrong, at in ((headers, body + b" ", now), (headers, body, now + 600), (strange, body, now),
                         (untimely, body, now), ({}, body, now)):
    try:
        verify.verify(given, wrong, golden["secret"], at)
    except ValueError as e:
        print(e)
`;
  const said = execFileSync('python3', ['-B', '-c', program], { cwd: fileURLToPath(EXAMPLES), encoding: 'utf8' });
  assert.deepEqual(said.trim().split('\n'), [
    'session.opened', 'session.opened', 'not signed with this secret', 'too old', 'not signed with this secret',
    'no time', 'no time',
  ]);
});

test('what the gateway sends is genuine to the library of the specification and to the snippet', async () => {
  const created = await fetch(`${gateway.address}/webhooks`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:${receiver.address().port}/hooks` }),
  });
  assert.equal(created.status, 201);
  const { secret } = await created.json();
  const opened = await fetch(`${gateway.address}/sessions`, { method: 'POST' });
  const { sessionId } = await opened.json();

  const { headers, body } = await awaitEvent('session.opened');
  assert.equal(new Webhook(secret).verify(body, headers).data.sessionId, sessionId);
  assert.equal(verify(headers, body, secret).data.sessionId, sessionId);
  assert.match(headers['user-agent'], /^Daveloper-Webhooks\//);
});
