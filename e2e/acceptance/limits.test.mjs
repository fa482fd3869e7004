import assert from 'node:assert/strict';
import { problemOf, until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

/** A call that no other scenario makes more than once in a session. */
const COUNTED = '/sessions/current/export';

/** Work under a policy that holds on every node, and is gone afterwards. */
async function under(gateway, sentence, work) {
  const boss = gateway.administrator();
  const name = sentence.split(':')[0];
  const path = `/rate-limits/${name}`;
  await boss.read(path, { method: 'PUT', json: { policy: sentence } });
  try {
    for (const address of gateway.addresses) {
      await until(async () => {
        const { items } = await boss.read('/rate-limits', { address });
        return items.some((policy) => policy.name === name);
      });
    }
    await work(boss);
  } finally {
    await boss.call(path, { method: 'DELETE' });
  }
}

const standingOf = (response, policy) => (
  Number(new RegExp(`"${policy}";r=(\\d+)`).exec(response.headers.get('ratelimit'))?.[1]));

async function get(caller, path = COUNTED) {
  const response = await caller.call(path);
  const text = await response.text();
  return { response, text };
}

scenario('A006-01 A006-02 A006-03 A006-04',
  'a limit that an administrator sets counts down for each session, and refuses', async (gateway) => {
  const rule = 'accept-three: 3 per 1h by session on GET /sessions/current/export';
  await under(gateway, rule, async (boss) => {
    const [me, other] = [await gateway.visitor(), await gateway.visitor()];
    for (const left of [2, 1, 0]) {
      const { response } = await get(me);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('ratelimit-policy'), /"accept-three";q=3;w=3600/);
      assert.equal(standingOf(response, 'accept-three'), left);
      assert.equal(response.headers.get('x-ratelimit-remaining'), String(left));
    }
    const refused = await me.call(COUNTED);
    const problem = await problemOf(refused, 429, 'quota_exceeded');
    assert.deepEqual(problem['violated-policies'], ['accept-three']);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal((await get(other)).response.status, 200, 'another session has its own');
    const { items } = await boss.read('/rate-limits');
    assert.match(items.find(({ name }) => name === 'accept-three').policy, /3 requests per 1h by session/);
  });
}, 'admin');

scenario('A006-03', 'a limit that is taken away holds no more', async (gateway) => {
  const me = await gateway.visitor();
  const rule = 'accept-one: 1 per 1h by session on GET /sessions/current/export';
  await under(gateway, rule, async () => {
    assert.equal((await get(me)).response.status, 200);
    assert.equal((await get(me)).response.status, 429);
  });
  await until(async () => {
    const statuses = [];
    for (const address of gateway.addresses) statuses.push((await me.call(COUNTED, { address })).status);
    return statuses.every((status) => status === 200);
  });
}, 'admin');

scenario('A006-05', 'a message too many on a WebSocket is refused with the same facts, and the socket stays', (
  async (gateway) => under(gateway, 'accept-messages: 40 per 1h by session on messages', async () => {
    const me = await gateway.visitor();
    const socket = await me.socket();
    const replies = [];
    while (replies.at(-1)?.type !== 'error' && replies.length < 60) replies.push(await socket.say('ping'));
    const { type, problem } = replies.at(-1);
    assert.equal(type, 'error');
    assert.deepEqual([problem.status, problem.code], [429, 'quota_exceeded']);
    assert.deepEqual(problem['violated-policies'], ['accept-messages']);
    assert.equal(socket.closed, null);
  })), 'admin');

scenario('A006-11', 'a limit in shadow refuses nobody and counts whom it would have refused', (
  async (gateway) => under(gateway, 'accept-shadow: 1 per 1h by session on GET /sessions/current/export shadow', (
    async (boss) => {
      const me = await gateway.visitor();
      const address = gateway.next();
      for (let times = 0; times < 3; times += 1) {
        const response = await me.call(COUNTED, { address });
        assert.equal(response.status, 200);
        assert.doesNotMatch(response.headers.get('ratelimit-policy') ?? '', /accept-shadow/);
        await response.text();
      }
      const { policies } = await boss.read('/rate-limits/stats', { address });
      assert.ok(policies.find(({ policy }) => policy === 'accept-shadow').shadowRefused >= 1);
    }))), 'admin');

scenario('A006-10',
  'an administrator sees who was admitted and refused, and callers only by a hash', async (gateway) => {
  const rule = 'accept-seen: 1 per 1h by session on GET /sessions/current/export';
  await under(gateway, rule, async (boss) => {
    const me = await gateway.visitor();
    const address = gateway.next();
    for (let times = 0; times < 2; times += 1) await (await me.call(COUNTED, { address })).text();
    const stats = await boss.read('/rate-limits/stats', { address });
    const counted = stats.policies.find(({ policy }) => policy === 'accept-seen');
    assert.ok(counted.admitted >= 1 && counted.refused >= 1, JSON.stringify(counted));
    assert.ok(!JSON.stringify(stats).includes(me.sessionId));
    await me.refused('/rate-limits/stats', 403, 'admin_required');
  });
}, 'admin');

scenario('A006-03', 'a sentence that is no policy is refused and changes nothing', async (gateway) => {
  const options = { method: 'PUT', json: { policy: 'accept-wrong: many per day' } };
  await gateway.administrator().refused('/rate-limits/accept-wrong', 400, 'invalid_request', options);
  const { items } = await gateway.administrator().read('/rate-limits');
  assert.ok(!items.some(({ name }) => name === 'accept-wrong'));
}, 'admin');
