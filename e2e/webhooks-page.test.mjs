import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';

const KEY = 'a-key-for-these-tests';
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

let gateway;
let browser;
let receiver;
let answer = 204;

before(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(answer).end());
  });
  await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));
  browser = await launch();
  gateway = await Program.gateway(`--admin.keys=${KEY}`, '--webhooks.allow-insecure=true',
    '--webhooks.allowed-networks=127.0.0.0/8', '--webhooks.ports=', '--webhooks.retries=1s');
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
  receiver?.close();
});

async function ask(method, path, body) {
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' };
  const response = await fetch(gateway.address + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
}

/** A webhook of its own for each test, which goes with it. */
async function withWebhook(name, work, options = {}) {
  const url = `http://127.0.0.1:${receiver.address().port}/${name}`;
  const { id } = await ask('POST', '/webhooks', { url });
  const { page, context, faults } = await openPage(browser, options);
  try {
    await page.goto(`${gateway.address}/status`);
    await page.getByLabel('Admin key').fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: `Deliveries ${url}` }).waitFor();
    await work(page, { id, url });
    assert.deepEqual(faults, []);
  } finally {
    answer = 204;
    await context.close();
    await ask('DELETE', `/webhooks/${id}`);
  }
}

async function accessible(page, state) {
  for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
  const overflow = await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, `${state}: overflow`);
}

/** Has something sent and waits until it is in this state; answers its id. */
async function sent(id, state) {
  const { id: delivery } = await ask('POST', `/webhooks/${id}/test`);
  for (;;) {
    const { items } = await ask('GET', `/webhooks/${id}/deliveries?state=${state}&limit=100`);
    if (items.some((item) => item.id === delivery)) return delivery;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

const look = (page, delivery) => page.locator(`[data-delivery="${delivery}"]`).getByRole('button').click();

test('nothing of what was sent, and no secret, stays in the page after signing out', () =>
  withWebhook('leaves', async (page, { id, url }) => {
    const delivery = await sent(id, 'delivered');
    await page.getByRole('button', { name: `Deliveries ${url}` }).click();
    await look(page, delivery);
    await page.getByText('"webhook.test"').waitFor();
    const payload = await page.locator('#delivery-payload').textContent();
    const { event } = await ask('GET', `/webhooks/deliveries/${delivery}`);
    assert.deepEqual(JSON.parse(payload), event.payload);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin key').waitFor();
    const left = await page.locator('#webhooks').evaluate((node) => node.textContent);
    assert.doesNotMatch(left, /webhook\.test|127\.0\.0\.1/);
  }));

test('a secret that arrives after signing out is not shown', () =>
  withWebhook('late', async (page, { url }) => {
    let arrived;
    const held = new Promise((resolve) => { arrived = resolve; });
    let release;
    const wait = new Promise((resolve) => { release = resolve; });
    await page.route('**/rotate-secret', async (route) => {
      const response = await route.fetch();
      arrived();
      await wait;
      await route.fulfill({ response });
    });
    page.on('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: `New secret ${url}` }).click();
    await held;
    await page.getByRole('button', { name: 'Sign out' }).click();
    const answered = page.waitForResponse('**/rotate-secret');
    release();
    await (await answered).finished();
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.equal(await page.locator('#webhook-secret-text').textContent(), '');
  }));

test('what is shown is what was looked at last, also when an earlier answer comes late', () =>
  withWebhook('order', async (page, { id, url }) => {
    const [first, second] = [await sent(id, 'delivered'), await sent(id, 'delivered')];
    const eventOf = async (delivery) => (await ask('GET', `/webhooks/deliveries/${delivery}`)).delivery.eventId;
    const [earlier, later] = [await eventOf(first), await eventOf(second)];
    let release;
    const wait = new Promise((resolve) => { release = resolve; });
    await page.route(`**/webhooks/deliveries/${first}`, async (route) => {
      await wait;
      await route.continue();
    });
    await page.getByRole('button', { name: `Deliveries ${url}` }).click();
    const asked = page.waitForRequest(`**/webhooks/deliveries/${first}`);
    await look(page, first);
    await asked;
    await look(page, second);
    await page.locator('#delivery-id', { hasText: later }).waitFor();
    const late = page.waitForResponse(`**/webhooks/deliveries/${first}`);
    release();
    await (await late).finished();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    assert.equal(await page.locator('#delivery-id').textContent(), later, `not ${earlier}`);
  }));

test('all deliveries can be reached, not the newest alone', () => withWebhook('many', async (page, { id, url }) => {
  const oldest = await sent(id, 'delivered');
  for (let sentSoFar = 0; sentSoFar < 55; sentSoFar += 1) await ask('POST', `/webhooks/${id}/test`);
  await page.getByRole('button', { name: `Deliveries ${url}` }).click();
  await page.locator('[data-delivery]').nth(49).waitFor();
  assert.equal(await page.locator(`[data-delivery="${oldest}"]`).count(), 0);
  await page.getByRole('button', { name: 'Older' }).click();
  await page.locator(`[data-delivery="${oldest}"]`).waitFor();
  assert.equal(await page.locator('[data-delivery]').count(), 6);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Newest', 'the focus is kept');
  await page.getByRole('button', { name: 'Newest' }).click();
  await page.locator('[data-delivery]').nth(49).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Newest' }).isVisible(), false);
}));

test('a press that lasts while the list is refreshed counts', () => withWebhook('press', async (page, { id, url }) => {
  const delivery = await sent(id, 'delivered');
  await page.getByRole('button', { name: `Deliveries ${url}` }).click();
  const button = page.locator(`[data-delivery="${delivery}"]`).getByRole('button');
  await button.hover();
  await page.mouse.down();
  await sent(id, 'delivered');
  await page.locator('[data-delivery]').nth(1).waitFor();
  await button.hover();
  await page.mouse.up();
  await page.getByText('"webhook.test"').waitFor({ timeout: 4_000 });
}));

test('how many are sent again is told', () => withWebhook('dead', async (page, { id, url }) => {
  answer = 500;
  await sent(id, 'dead');
  answer = 204;
  await page.getByRole('button', { name: `Deliveries ${url}` }).click();
  await page.getByLabel('Show').selectOption('dead');
  await page.locator('[data-delivery][data-state="dead"]').waitFor();
  await page.getByRole('button', { name: 'Send dead ones again' }).click();
  await page.getByText('1 is sent again.').waitFor();
  await page.getByLabel('Show').selectOption('delivered');
  await page.locator('[data-delivery][data-state="delivered"]').waitFor();
  await page.getByRole('button', { name: 'Send dead ones again' }).click();
  await page.getByText('None was given up.').waitFor();
}));

test('that the gateway did not answer is not told any more when it answers again', () =>
  withWebhook('away', async (page) => {
    await page.route('**/webhooks', (route) => route.abort());
    await page.locator('#webhooks-wrong', { hasText: 'The gateway does not answer.' }).waitFor();
    await page.unroute('**/webhooks');
    await page.locator('#webhooks-wrong').waitFor({ state: 'hidden', timeout: 15_000 });
  }));

test('the secret is copied, and it is asked before another one is made', () =>
  withWebhook('copied', async (page, { url }) => {
    const questions = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.message());
      return questions.length === 1 ? dialog.dismiss() : dialog.accept();
    });
    await page.getByRole('button', { name: `New secret ${url}` }).click();
    await page.getByRole('button', { name: `New secret ${url}` }).click();
    const secret = page.locator('#webhook-secret-text', { hasText: 'whsec_' });
    await secret.waitFor();
    assert.equal(questions.length, 2, 'asked each time');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await secret.textContent());
  }, { permissions: ['clipboard-read', 'clipboard-write'] }));

for (const colorScheme of ['light', 'dark']) {
  for (const [name, screen] of Object.entries({ wide: {}, narrow: PHONE })) {
    test(`nobody is shut out of what was sent (${colorScheme}, ${name})`, () =>
      withWebhook(`${colorScheme}-${name}`, async (page, { id, url }) => {
        answer = 500;
        const delivery = await sent(id, 'dead');
        await page.getByRole('button', { name: `Deliveries ${url}` }).click();
        await look(page, delivery);
        await page.locator('#delivery-attempts tr').nth(1).waitFor();
        await accessible(page, 'a delivery that was given up');
        if (process.env.SCREENSHOT) {
          await page.locator('#webhooks').screenshot({ path: `${process.env.SCREENSHOT}.${colorScheme}-${name}.png` });
        }
      }, { ...screen, colorScheme, reducedMotion: 'reduce' }));
  }
}
