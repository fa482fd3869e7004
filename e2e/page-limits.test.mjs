import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';
import { ask, finished, load } from './page-driver.mjs';

const ONE_A_MINUTE = '--rate-limits.policies=chat: 1 per 1m by session on chat';

let gateway;
let browser;

before(async () => {
  [gateway, browser] = await Promise.all([Program.gateway(ONE_A_MINUTE), launch()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

test('who asks too often is told how long to wait, and what was written is kept', async () => {
  const { page, context, faults } = await openPage(browser);
  await load(page, gateway.address);
  await ask(page, 'Hello');
  await finished(page);
  await ask(page, 'How do I connect my own agent?');
  const notice = page.getByText('That was too much in a short time.');
  await notice.waitFor();
  const shown = await page.locator('body').innerText();
  assert.match(shown, /The limit chat is reached\. Try again in \d+ seconds\./);
  assert.match(shown + await page.inputValue('#message'), /How do I connect my own agent\?/);
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
  assert.deepEqual(faults, []);
  await context.close();
});

test('the headers of the guide count down, and the call beyond is refused', async () => {
  const opened = await (await fetch(`${gateway.address}/sessions`, { method: 'POST' })).json();
  const send = () => fetch(`${gateway.address}/agent/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${opened.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Hello' }),
  });
  const first = await send();
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('ratelimit-policy'), '"chat";q=1;w=60');
  assert.match(first.headers.get('ratelimit'), /^"chat";r=0;t=(59|60)$/);
  const refused = await send();
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('ratelimit').split('t=')[1], refused.headers.get('retry-after'));
  assert.deepEqual((await refused.json())['violated-policies'], ['chat']);
});
