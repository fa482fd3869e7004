import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';

const KEY = 'a-key-for-these-tests';
const TOOLS = 'tools: 2 per 1h by address on GET /agent/tools';
const CHAT = 'chat: 5 per 1h by session on chat shadow';
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

let folder;
let documents;
let gateway;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daveloper-e2e-'));
  browser = await launch();
  documents = await Program.javaDocuments(folder);
  gateway = await Program.gateway(`--admin.keys=${KEY}`, `--rate-limits.policies=${TOOLS}, ${CHAT}`,
    `--documents.target=dns:///${documents.address}`);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
  await documents?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function withStatus(work, options = {}) {
  const { page, context, faults } = await openPage(browser, options);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  try {
    await page.goto(`${gateway.address}/status`);
    await page.locator('.component').first().waitFor();
    await work(page);
    assert.deepEqual(faults, []);
    assert.deepEqual(asked.filter((url) => !url.startsWith(gateway.address)), [], 'calls to others');
    assert.deepEqual(asked.filter((url) => url.includes(KEY)), [], 'the key is in no address');
  } finally {
    await context.close();
  }
}

async function signIn(page, key = KEY) {
  await page.getByLabel('Admin key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const component = (page, name, status) =>
  page.locator(`.component[data-component="${name}"][data-status="${status}"]`).waitFor();

async function accessible(page, state) {
  for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
  // Not held against innerWidth, which grows with what overflows on a phone.
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth,
  }));
  assert.equal(scrollWidth - clientWidth, 0, `${state}: overflow`);
}

test('anybody sees whether it works, and no numbers', () => withStatus(async (page) => {
  await page.getByRole('heading', { name: 'Everything works' }).waitFor();
  await component(page, 'agent', 'pass');
  await component(page, 'documents', 'pass');
  assert.equal(await page.locator('.component').first().locator('.minute').count(), 60);
  assert.match(await page.locator('.hour').first().getAttribute('aria-label'), /0 with a failure/);
  assert.equal(await page.locator('canvas').count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'Rate limits' }).isVisible(), false);
  assert.equal(await page.locator('.tile').count(), 0);
}));

test('a wrong key is told of and not kept', () => withStatus(async (page) => {
  await signIn(page, 'not-the-key');
  await page.getByText('This key opens nothing here.').waitFor();
  await signIn(page, 'no key at all');
  await page.getByText('A key has no spaces').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.locator('#live[data-state="live"]').waitFor();
}));

test('with the key each policy has a chart that tells what was admitted and refused', () => withStatus(async (page) => {
  await signIn(page);
  const chart = page.locator('.chart[data-policy="tools"]');
  await chart.locator('canvas').waitFor();
  await page.locator('.chart[data-policy="chat"] canvas').waitFor();
  assert.match(await page.locator('.chart[data-policy="chat"] .legend').innerText(), /Would be refused/);
  const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(`${gateway.address}/agent/tools`)));
  assert.equal(answers.filter(({ status }) => status === 429).length, 10);
  const refused = /Admitted .*; Refused .*, at most [1-9][\d.]*\/s/;
  await page.waitForFunction(([policy, pattern]) => new RegExp(pattern).test(
    document.querySelector(`.chart[data-policy="${policy}"] [role="img"]`).getAttribute('aria-label')),
  ['tools', refused.source]);
  await chart.locator('summary').click();
  await chart.locator('tbody tr', { hasText: /[1-9][\d.]*\/s/ }).first().waitFor();
  const all = page.locator('.number', { hasText: /^10$/ });
  const error = page.locator('#errors-rows tr', { hasText: 'quota_exceeded', has: all });
  assert.match(await error.innerText(), /10\s+\d\d:\d\d:\d\d\s+\d\d:\d\d:\d\d\s+[0-9a-f]{32}/);
  await page.getByRole('heading', { name: 'Memory of the heap' }).waitFor();
  assert.match(await page.locator('#facts').innerText(), /Heap\s+[\d.]+ MiB of/);
}));

test('what goes on is told in figures that move', () => withStatus(async (page) => {
  await signIn(page);
  const tile = (key) => page.locator(`.tile[data-tile="${key}"]`);
  await tile('requests').locator('canvas').waitFor();
  assert.match(await tile('documents').innerText(), /Not measured here/);
  const number = (key, label) => page.evaluate(([wanted, word]) =>
    [...document.querySelectorAll(`.tile[data-tile="${wanted}"] .legend li`)]
      .find((item) => item.textContent.startsWith(word)).querySelector('b').textContent, [key, label]);
  const until = async (key, label, pattern) => {
    for (let tries = 0; tries < 60; tries += 1) {
      if (pattern.test(await number(key, label))) return;
      await page.waitForTimeout(500);
    }
    assert.match(await number(key, label), pattern, `${key}: ${label}`);
  };
  const ended = Number(await number('outcomes', 'Completed'));
  const visitor = await (await fetch(`${gateway.address}/sessions`, { method: 'POST' })).json();
  const authorization = `Bearer ${visitor.token}`;
  const asking = fetch(`${gateway.address}/agent/chat`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ message: 'How do I connect my own agent?' }),
  }).then((answer) => answer.text());
  const form = new FormData();
  form.append('file', new Blob(['What is told here is told.'], { type: 'text/plain' }), 'told.txt');
  const ingest = await fetch(`${gateway.address}/documents/ingest`,
    { method: 'POST', headers: { authorization }, body: form });
  assert.equal(ingest.status, 202);
  await until('requests', 'Answered', /^[1-9]|^0\.\d/);
  await until('latency', 'p95', /^[\d.]+\u00a0(µs|ms|s)$/);
  assert.match(await asking, /run\.finished/);
  await until('outcomes', 'Completed', new RegExp(`^${ended + 1}$`));
  await until('processor', 'In use', /%$/);
  assert.match(await tile('latency').locator('[role="img"]').getAttribute('aria-label'),
    /^Response time, last 15 minutes: p50 .*; p95 .*; p99 .*\.$/);
  await tile('requests').locator('summary').click();
  await tile('requests').locator('tbody tr').first().waitFor();
}));

test('who is signed in stays so in this tab, until they sign out', () => withStatus(async (page) => {
  await signIn(page);
  await page.locator('canvas').first().waitFor();
  await page.reload();
  await page.locator('canvas').first().waitFor();
  assert.equal(await page.evaluate(() => localStorage.length + document.cookie.length), 0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Admin key').waitFor();
  assert.equal(await page.locator('canvas').count(), 0);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.reload();
  await page.getByLabel('Admin key').waitFor();
}));

for (const colorScheme of ['light', 'dark']) {
  for (const [name, screen] of Object.entries({ wide: {}, narrow: PHONE })) {
    test(`nobody is shut out (${colorScheme}, ${name})`, () => withStatus(async (page) => {
      await accessible(page, 'for everybody');
      await page.locator('#changes summary').click();
      await signIn(page, 'wrong');
      await page.locator('#key-wrong').waitFor();
      await accessible(page, 'refused');
      await signIn(page);
      await page.locator('.chart summary').first().click();
      await accessible(page, 'for administrators');
    }, { ...screen, colorScheme, reducedMotion: 'reduce' }));
  }
}

test('the keyboard signs in, and opens a table', () => withStatus(async (page) => {
  await page.getByLabel('Admin key').focus();
  await page.keyboard.type(KEY);
  await page.keyboard.press('Enter');
  await page.locator('.chart summary').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.chart table').first().waitFor({ state: 'visible' });
}));

test('focus stays where it is while the numbers change', () => withStatus(async (page) => {
  await fetch(`${gateway.address}/nowhere`);
  await signIn(page);
  const link = page.locator('#errors-rows a', { hasText: 'route_not_found' });
  await link.focus();
  const count = page.locator('#errors-rows tr', { hasText: 'route_not_found' }).locator('.number');
  const before = await count.innerText();
  await fetch(`${gateway.address}/nowhere`);
  await page.waitForFunction(([was]) => [...document.querySelectorAll('#errors-rows tr')].some((row) =>
    row.textContent.includes('route_not_found') && row.querySelector('.number').textContent !== was), [before]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'route_not_found');
}));

test('a component that goes and comes back is seen live, and remembered', () => withStatus(async (page) => {
  await component(page, 'documents', 'pass');
  const port = documents.address.split(':').at(-1);
  await documents.stop();
  await component(page, 'documents', 'fail');
  await page.getByRole('heading', { name: 'Works, with something amiss' }).waitFor();
  documents = await Program.javaDocuments(folder, port);
  await component(page, 'documents', 'pass');
  await page.getByRole('heading', { name: 'Everything works' }).waitFor();
  await page.locator('.component[data-component="documents"] .minute[data-status="fail"]').first().waitFor();
  await page.locator('#changes summary').click();
  const rows = await page.locator('#changes-rows tr', { hasText: 'documents' }).allInnerTexts();
  assert.ok(rows.some((row) => row.includes('Fails')), rows.join('\n'));
}));

test('a gateway that is away is told of, and found again', () => withStatus(async (page) => {
  await page.context().setOffline(true);
  await page.evaluate(() => document.getElementById('sign-out').click());
  await page.getByRole('heading', { name: 'The gateway does not answer' }).waitFor();
  await page.getByText(/^No news since \d\d:\d\d:\d\d\./).waitFor();
  await page.locator('.board[data-stale]').waitFor();
  await accessible(page, 'without news');
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'Everything works' }).waitFor();
  await page.locator('.board:not([data-stale])').waitFor();
  assert.equal(await page.locator('#stale').isVisible(), false);
}));
