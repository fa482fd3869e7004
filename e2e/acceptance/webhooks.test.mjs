import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { verify } from '../../examples/webhook-receivers/verify.mjs';
import { until } from './gateway.mjs';
import { Receiver } from './receiver.mjs';
import { scenario } from './scenario.mjs';

const NEEDS = ['admin', 'webhooks'];

/** Work with a receiver and the webhook that tells it what is about one session; both are gone afterwards. */
async function told(gateway, more, work, answer) {
  const [receiver, me, boss] = [await Receiver.listening(answer), await gateway.visitor(), gateway.administrator()];
  const json = { url: receiver.url, sessionId: me.sessionId, ...more };
  const created = await boss.read('/webhooks', { method: 'POST', json, status: 201 });
  const path = `/webhooks/${created.id}`;
  try {
    await work({ receiver, me, boss, path, created });
  } finally {
    await boss.call(path, { method: 'DELETE' });
    receiver.close();
  }
}

/** Answers questions until one of them has been told of: nodes hear of a new webhook within seconds. */
function toldOf({ me, receiver }, type) {
  return until(async () => {
    const { runId } = await me.chat('Hello');
    const deadline = Date.now() + 2_000;
    for (;;) {
      const found = receiver.came.find(({ event }) => event.type === type && event.data.runId === runId);
      if (found || Date.now() > deadline) return found;
      await new Promise((soon) => setTimeout(soon, 50));
    }
  });
}

scenario('A015-01 A015-09',
  'a webhook is set up, its secret told once, and read, changed and deleted', async (gateway) => {
  await told(gateway, { eventTypes: ['session.ended'] }, async ({ me, boss, path, created }) => {
    assert.match(created.secret, /^whsec_/);
    const response = await boss.call(path);
    const read = await response.json();
    assert.equal(read.secret, undefined);
    assert.deepEqual(read.eventTypes, ['session.ended']);
    const headers = { 'If-Match': response.headers.get('etag') };
    const change = { method: 'PATCH', json: { description: 'changed' }, headers };
    assert.equal((await boss.read(path, change)).description, 'changed');
    await boss.refused(path, 412, 'precondition_failed', change);
    assert.ok((await boss.read('/webhooks')).items.some(({ id }) => id === created.id));
    await me.refused('/webhooks', 403, 'admin_required');
    await me.refused(path, 403, 'admin_required');
    assert.equal((await boss.call(path, { method: 'DELETE' })).status, 204);
    await boss.refused(path, 404, 'not_found');
  });
}, ...NEEDS);

scenario('A015-02',
  'an answer is told of, signed so that two independent libraries find it genuine', async (gateway) => {
  await told(gateway, {}, async (all) => {
    const { headers, body } = await toldOf(all, 'chat.run.completed');
    assert.equal(new Webhook(all.created.secret).verify(body, headers).data.sessionId, all.me.sessionId);
    assert.equal(verify(headers, body, all.created.secret).type, 'chat.run.completed');
    assert.throws(() => new Webhook(all.created.secret).verify(`${body} `, headers));
    assert.ok(!body.includes('Hello'), 'what people write is not told');
  });
}, ...NEEDS);

scenario('A015-03',
  'a receiver is told what it wants of the session that it wants, and nothing else', async (gateway) => {
  await told(gateway, { eventTypes: ['chat.run.completed'] }, async (all) => {
    const other = await gateway.visitor();
    await other.chat('Hello');
    await all.me.ingest({ name: 'a.txt', type: 'text/plain', content: `Told of ${Math.random()}.` });
    await toldOf(all, 'chat.run.completed');
    for (const { event } of all.receiver.came) {
      assert.deepEqual([event.type, event.data.sessionId], ['chat.run.completed', all.me.sessionId]);
    }
  });
}, ...NEEDS);

scenario('A015-03', 'documents and the end of a session are told of', async (gateway) => {
  await told(gateway, {}, async (all) => {
    const { me, receiver } = all;
    await toldOf(all, 'chat.run.completed');
    const [{ document: { id } }] = (await me.ingest({
      name: 'a.txt', type: 'text/plain', content: `Told of ${Math.random()}.`,
    })).slice(-1);
    await receiver.delivered(({ event }) => event.type === 'document.ingested' && event.data.documentId === id);
    await me.call(`/documents/${id}`, { method: 'DELETE' });
    await receiver.delivered(({ event }) => event.type === 'document.deleted' && event.data.documentId === id);
    await me.call('/sessions/current', { method: 'DELETE' });
    await receiver.delivered(({ event }) => event.type === 'session.ended');
  });
}, ...NEEDS);

scenario('A015-05', 'while a secret is replaced both sign, so that no delivery is refused', async (gateway) => {
  await told(gateway, {}, async ({ boss, path, created, receiver }) => {
    const { secret } = await boss.read(`${path}/rotate-secret`, { method: 'POST', json: { overlapSeconds: 600 } });
    assert.notEqual(secret, created.secret);
    const { headers, body } = await until(async () => {
      await (await boss.call(`${path}/test`, { method: 'POST' })).text();
      return receiver.came.find((delivery) => delivery.headers['webhook-signature'].includes(' '));
    });
    for (const each of [secret, created.secret]) assert.ok(new Webhook(each).verify(body, headers));
  });
}, ...NEEDS);

scenario('A015-07 A015-09',
  'a receiver that fails is asked again with the same event, and each attempt is written down', (
  async (gateway) => {
    const answer = (count) => (count === 1 ? 500 : 204);
    await told(gateway, {}, async ({ boss, path, receiver }) => {
      await (await boss.call(`${path}/test`, { method: 'POST' })).text();
      await until(() => receiver.came.length >= 2);
      const [failed, taken] = receiver.came;
      assert.equal(failed.headers['webhook-id'], taken.headers['webhook-id']);
      const delivery = await until(async () => {
        const { items } = await boss.read(`${path}/deliveries`);
        return items.find(({ state }) => state === 'delivered');
      });
      assert.equal(delivery.attempts, 2);
      const { attempts, event } = await boss.read(`/webhooks/deliveries/${delivery.id}`);
      assert.deepEqual(attempts.map(({ status, verdict }) => [status, verdict]), [[500, 'failed'], [204, 'delivered']]);
      assert.deepEqual(event.payload, taken.event);
      assert.equal((await boss.read(`${path}/stats`)).delivered, 1);
    }, answer);
  }), ...NEEDS);

scenario('A015-08',
  'what was delivered is delivered again under the same name when somebody asks for it', async (gateway) => {
  await told(gateway, {}, async ({ boss, path, receiver }) => {
    await (await boss.call(`${path}/test`, { method: 'POST' })).text();
    const first = await receiver.delivered(() => true);
    const delivery = await until(async () => {
      const { items } = await boss.read(`${path}/deliveries`);
      return items.find(({ state }) => state === 'delivered');
    });
    assert.equal((await boss.call(`/webhooks/deliveries/${delivery.id}/redeliver`, { method: 'POST' })).ok, true);
    await until(() => receiver.came.length >= 2);
    assert.equal(receiver.came[1].headers['webhook-id'], first.headers['webhook-id']);
    assert.equal(receiver.came[1].body, first.body);
  });
}, ...NEEDS);

scenario('A015-10', 'nothing is sent to addresses that are not the public internet\'s nor allowed', async (gateway) => {
  const boss = gateway.administrator();
  const urls = ['http://169.254.169.254/latest', 'http://[::ffff:169.254.169.254]/', 'http://10.0.0.1/',
    'ftp://example.com/', 'http://user:word@example.com/'];
  for (const url of urls) {
    const response = await boss.call('/webhooks', { method: 'POST', json: { url, enabled: true } });
    const body = await response.json();
    if (response.status === 201) {
      const path = `/webhooks/${body.id}`;
      await (await boss.call(`${path}/test`, { method: 'POST' })).text();
      const { lastAttempt } = await until(async () => (
        (await boss.read(`${path}/deliveries`)).items.find((delivery) => delivery.lastAttempt)));
      await boss.call(path, { method: 'DELETE' });
      assert.equal(lastAttempt.trouble, 'forbidden_address', url);
    } else {
      assert.deepEqual([response.status, body.code], [400, 'invalid_request'], url);
    }
  }
}, ...NEEDS);

scenario('A015-13', 'what can be told is in a catalogue, with a schema and an example each', async (gateway) => {
  const { items } = await gateway.administrator().read('/webhooks/event-types');
  const types = ['chat.run.completed', 'session.ended', 'document.ingested', 'rate_limit.exceeded', 'health.changed'];
  for (const type of types) {
    const found = items.find((one) => JSON.stringify(one).includes(`"${type}"`));
    assert.ok(found, type);
    assert.ok(Object.keys(found).length >= 3, JSON.stringify(found));
  }
}, ...NEEDS);

scenario('A015-18', 'a receiver that says it is gone is told nothing more', async (gateway) => {
  await told(gateway, {}, async ({ boss, path, receiver }) => {
    await (await boss.call(`${path}/test`, { method: 'POST' })).text();
    await receiver.delivered(() => true);
    await until(async () => (await boss.read(path)).enabled === false);
  }, () => 410);
}, ...NEEDS);
