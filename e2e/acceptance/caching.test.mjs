import assert from 'node:assert/strict';
import { until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const TOOLS = '/agent/tools';

/** A read of the tools on one node, whole. */
async function tools(gateway, address, headers = {}) {
  const response = await gateway.stranger().call(TOOLS, { address, headers });
  return { status: response.status, said: response.headers.get('cache-status'), headers: response.headers,
    text: await response.text() };
}

scenario('A007-01', 'what was read before is kept, and the answer says so', async (gateway) => {
  const address = gateway.next();
  const first = await tools(gateway, address);
  await until(async () => /; hit; ttl=\d+/.test((await tools(gateway, address)).said));
  const again = await tools(gateway, address);
  assert.equal(again.text, first.text);
  assert.match(again.headers.get('age'), /^\d+$/);
  assert.match(again.headers.get('cache-control'), /^public, max-age=\d+/);
});

scenario('A007-02',
  'who has the newest version is told so without it, and no older one is taken for it', async (gateway) => {
  const { headers } = await tools(gateway, gateway.next());
  const etag = headers.get('etag');
  assert.match(etag, /^"[0-9a-f]+"$/);
  for (const address of gateway.addresses) {
    const same = await tools(gateway, address, { 'If-None-Match': etag });
    assert.deepEqual([same.status, same.text], [304, '']);
    assert.equal((await tools(gateway, address, { 'If-None-Match': '"other"' })).status, 200);
    assert.equal((await tools(gateway, address, { 'If-Match': '"other"' })).status, 412);
  }
});

scenario('A007-03', 'a request says what it wants of caches', async (gateway) => {
  const address = gateway.next();
  await tools(gateway, address);
  assert.match((await tools(gateway, address, { 'Cache-Control': 'no-cache' })).said, /fwd=request/);
  const me = await gateway.visitor();
  const headers = { 'Cache-Control': 'only-if-cached' };
  await me.refused('/documents', 504, 'not_kept', { headers });
});

scenario('A007-04',
  'the list of my documents is kept for me alone, and is new when it has changed', async (gateway) => {
  const [me, other] = [await gateway.visitor(), await gateway.visitor()];
  const first = await me.call('/documents');
  assert.deepEqual((await first.json()).items, []);
  assert.match(first.headers.get('cache-control'), /private/);
  await me.read('/documents');
  const content = `Kept by nobody ${Math.random()}.`;
  await me.ingest({ name: 'kept.txt', type: 'text/plain', content });
  for (const address of gateway.addresses) {
    const { items } = await until(async () => {
      const now = await me.read('/documents', { address });
      return now.items.length && now;
    });
    assert.equal(items[0].name, 'kept.txt');
    assert.deepEqual((await other.read('/documents', { address })).items, []);
  }
});

scenario('A007-05 A013-06', 'an administrator sees what is kept, what is asked for most and how often it was there', (
  async (gateway) => {
    const address = gateway.next();
    for (let times = 0; times < 3; times += 1) await tools(gateway, address);
    const stats = await gateway.administrator().read('/cache/stats', { address });
    const { hitRatio, hits, misses } = stats.namespaces.find(({ namespace }) => namespace === 'tools');
    assert.ok(hits > 0 && misses >= 0 && hitRatio > 0 && hitRatio <= 1);
    assert.ok(stats.usage.entries > 0 && stats.usage.bytes > 0);
    assert.ok(stats.hottest.length > 0);
    assert.deepEqual(stats.warmable, ['tools']);
    await (await gateway.visitor()).refused('/cache/stats', 403, 'admin_required');
  }), 'admin');

scenario('A007-06', 'what was made from something is forgotten on all nodes by its tag', async (gateway) => {
  const boss = gateway.administrator();
  const address = gateway.next();
  const count = async () => {
    const { invalidated } = await boss.read('/cache/stats', { address });
    return invalidated.find(({ name }) => name === 'tools')?.count ?? 0;
  };
  const before = await count();
  const forgotten = await boss.read('/cache?tag=tools', { method: 'DELETE', address });
  assert.equal(forgotten.everywhere, true);
  assert.ok(await count() > before);
}, 'admin');

scenario('A013-01', 'what can be made ahead is made, and each step is told', async (gateway) => {
  const response = await gateway.administrator().call('/cache/warm', { method: 'POST', json: { names: ['tools'] } });
  assert.equal(response.status, 200);
  const last = JSON.parse((await response.text()).trim().split('\n').at(-1));
  assert.equal(last.of, 1);
  assert.equal(last.made + last.fresh, 1);
  assert.equal(last.failed, 0);
}, 'admin');

scenario('A013-02', 'what is kept is saved, forgotten, and put back', async (gateway) => {
  const address = gateway.next();
  const boss = gateway.administrator();
  const before = await tools(gateway, address);
  const saved = await boss.call('/cache/backup', { method: 'POST', address });
  assert.equal(saved.status, 200);
  const bytes = Buffer.from(await saved.arrayBuffer());
  assert.equal(bytes.subarray(0, 7).toString(), 'DVCACHE');
  const headers = { 'Content-Type': 'application/vnd.daveloper.cache' };
  const restored = await boss.read('/cache/restore', { method: 'POST', body: bytes, address, headers });
  assert.ok(restored.entries > 0, JSON.stringify(restored));
  assert.equal((await tools(gateway, address)).text, before.text);
  const broken = Buffer.concat([bytes.subarray(0, bytes.length - 1), Buffer.from([bytes.at(-1) ^ 1])]);
  const refused = await boss.call('/cache/restore', { method: 'POST', body: broken, address, headers });
  assert.equal(refused.status, 400, await refused.text());
}, 'admin');
