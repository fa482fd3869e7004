import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Program } from './gateway-process.mjs';
import { SharedCache, isInstalled } from './shared-cache-process.mjs';

/** Caches that many share must never give one session's answer to another, and may keep what is everybody's. */
let gateway;
before(async () => { gateway = await Program.gateway(); });
after(() => gateway?.stop());

const CACHES = { nginx: 'nginx', varnish: 'varnishd' };

for (const [name, program] of Object.entries(CACHES)) {
  const missing = isInstalled(program) ? false : `${program} is not installed`;

  test(`${name} keeps what is everybody's and never what is one session's`, { skip: missing }, async () => {
    const cache = await SharedCache[name](gateway.address);
    try {
      await keepsTheTools(cache);
      await keepsSessionsApart(cache);
    } finally {
      await cache.close();
    }
  });
}

async function keepsTheTools(cache) {
  const first = await fetch(`${cache.address}/agent/tools`);
  assert.equal(first.status, 200);
  const tools = await first.text();
  const second = await fetch(`${cache.address}/agent/tools`);
  assert.equal(await second.text(), tools);
  assert.equal(cache.wasHit(second), true, 'the second answer comes out of the shared cache');
  assert.match(second.headers.get('cache-control'), /^public, max-age=/);

  const etag = second.headers.get('etag');
  const held = await fetch(`${cache.address}/agent/tools`, { headers: { 'If-None-Match': etag } });
  assert.equal(held.status, 304);
}

async function keepsSessionsApart(cache) {
  const visitors = [await visitor(cache, 'hers.txt'), await visitor(cache, 'his.txt')];
  for (let round = 0; round < 10; round++) {
    for (const one of visitors) {
      const other = visitors.find((known) => known !== one);
      for (const headers of [{ Cookie: one.cookie }, { Authorization: `Bearer ${one.token}` }]) {
        const documents = await fetch(`${cache.address}/documents`, { headers });
        const list = await documents.text();
        assert.equal(documents.status, 200);
        assert.equal(list.includes(one.document), true);
        assert.equal(list.includes(other.document), false);
        assert.equal(cache.wasHit(documents), false, 'what is private does not come out of a shared cache');
        assert.match(documents.headers.get('cache-control'), /private/);
        const session = await fetch(`${cache.address}/sessions/current`, { headers });
        assert.equal((await session.json()).sessionId, one.sessionId);
        assert.equal(cache.wasHit(session), false);
      }
    }
    const nobody = await fetch(`${cache.address}/documents`);
    assert.equal(nobody.status, 401);
    await nobody.text();
  }
}

/** Somebody with a document, all of it through the cache. */
async function visitor(cache, document) {
  const opened = await fetch(`${cache.address}/sessions`, { method: 'POST' });
  const { sessionId, token } = await opened.json();
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const form = new FormData();
  form.append('file', new Blob(['A text about bees.'], { type: 'text/plain' }), document);
  const headers = { Authorization: `Bearer ${token}` };
  const sent = await fetch(`${cache.address}/documents/ingest`, { method: 'POST', headers, body: form });
  assert.equal(sent.status, 202, await sent.clone().text());
  for (;;) {
    const list = await (await fetch(`${cache.address}/documents`, { headers })).text();
    if (list.includes(document)) return { sessionId, token, cookie, document };
  }
}
