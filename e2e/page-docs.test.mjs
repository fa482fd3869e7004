import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';

let gateway;
let browser;

before(async () => {
  [gateway, browser] = await Promise.all([Program.gateway(), launch()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

/** The explorer in a browser without a session; nothing on the page may break, and nothing may come from elsewhere. */
async function withExplorer(work, options = {}) {
  const { page, context, faults } = await openPage(browser, options);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  try {
    await page.goto(`${gateway.address}/docs`);
    await page.locator('.opblock').first().waitFor();
    await work(page);
    assert.deepEqual(faults, []);
    const elsewhere = asked.filter((url) => !url.startsWith(gateway.address) && !url.startsWith('data:'));
    assert.deepEqual(elsewhere, [], 'calls to others');
  } finally {
    await context.close();
  }
}

/** Opens an operation and tries it out; answers the status and the body that came. */
async function tryOut(page, operation) {
  const block = page.locator(`#operations-${operation}`);
  await block.locator('.opblock-summary-control').click();
  await block.locator('.try-out__btn').click();
  await block.locator('.execute').click();
  const live = block.locator('.live-responses-table .response').first();
  await live.waitFor();
  const status = await live.locator('.response-col_status').innerText();
  return { status: Number.parseInt(status, 10), body: await live.locator('.highlight-code').first().innerText() };
}

test('every operation is listed, and none is missing', () => withExplorer(async (page) => {
  const document = await (await fetch(`${gateway.address}/openapi.json`)).json();
  const operations = [document.paths, document.webhooks].flatMap(Object.values).flatMap(Object.values)
    .filter((operation) => operation.operationId).map((operation) => operation.operationId);
  const shown = await page.locator('.opblock')
    .evaluateAll((blocks) => blocks.map((block) => block.id.split('-').at(-1)));
  assert.deepEqual([...new Set(shown)].sort(), operations.sort());
}));

test('a call goes with the session that an earlier call has opened', () => withExplorer(async (page) => {
  assert.equal((await tryOut(page, 'sessions-getSession')).status, 401);
  const opened = await tryOut(page, 'sessions-openSession');
  assert.equal(opened.status, 201);
  const live = page.locator('#operations-sessions-getSession .live-responses-table');
  await page.locator('#operations-sessions-getSession .execute').click();
  await live.locator('.response-col_status', { hasText: '200' }).first().waitFor();
  const told = await live.locator('.highlight-code').first().innerText();
  assert.match(told, /"sessionId":\s*"ses_/);
  // Optional parameters are not sent unasked: their examples fit nobody's data.
  assert.equal((await tryOut(page, 'documents-listDocuments')).status, 200);
}));

test('an address of one operation opens it', async () => {
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${gateway.address}/docs#/chat/sendMessage`);
  await page.locator('#operations-chat-sendMessage.is-open').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('at 360 pixels nothing is cut off', () => withExplorer(async (page) => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(await overflow(), 0);
  await page.locator('#operations-chat-sendMessage .opblock-summary-control').click();
  await page.locator('#operations-chat-sendMessage .responses-table').waitFor();
  assert.equal(await overflow(), 0);
}, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }));
