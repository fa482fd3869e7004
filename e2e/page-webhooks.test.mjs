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
let url;

before(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(answer).end(answer === 204 ? undefined : 'not <b>today</b>'));
  });
  await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${receiver.address().port}/hooks`;
  browser = await launch();
  gateway = await Program.gateway(`--admin.keys=${KEY}`, '--webhooks.allow-insecure=true',
    '--webhooks.allowed-networks=127.0.0.0/8', '--webhooks.ports=', '--webhooks.retries=1h');
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
  receiver?.close();
});

async function withPage(work, options = {}) {
  const { page, context, faults } = await openPage(browser, options);
  try {
    await page.goto(`${gateway.address}/status`);
    await page.getByLabel('Admin key').fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Webhooks', exact: true }).waitFor();
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

async function accessible(page, state) {
  for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth,
  }));
  assert.equal(scrollWidth - clientWidth, 0, `${state}: overflow`);
}

const delivery = (page, state) => page.locator(`[data-delivery][data-state="${state}"]`, { hasText: 'webhook.test' });

test('a webhook is set up, tried, seen to fail, and sent again', () => withPage(async (page) => {
  await page.getByText('Nobody is told of anything.').waitFor();
  await page.getByLabel('URL').fill('http://10.0.0.1/hooks');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByText(/a URL of the public internet/).waitFor();

  await page.getByLabel('URL').fill(url);
  await page.getByLabel('Description').fill('of the <b>shop</b>');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.locator('#webhook-secret-text', { hasText: 'whsec_' }).waitFor();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByText(`of the <b>shop</b>: ${url}`).waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /whsec_/);

  await page.getByRole('button', { name: `Deliveries ${url}` }).click();
  await page.getByRole('button', { name: `Test ${url}` }).click();
  await delivery(page, 'delivered').waitFor();

  answer = 500;
  await page.getByRole('button', { name: `Test ${url}` }).click();
  await delivery(page, 'waiting').getByRole('button').click();
  await page.locator('#delivery-attempts tr', { hasText: '500 failed' }).waitFor();
  assert.match(await page.locator('#delivery-attempts').innerText(), /not <b>today<\/b>/);
  assert.match(await page.locator('#delivery-payload').innerText(), /"type": "webhook.test"/);
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true });
  await accessible(page, 'a delivery that failed');

  answer = 204;
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.locator('#delivery-attempts tr', { hasText: '204 delivered' }).waitFor();
}));

test('it is switched off and on, gets a new secret, and goes', () => withPage(async (page) => {
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: `Disable ${url}` }).click();
  await page.getByText('Off: switched off').waitFor();
  await page.getByRole('button', { name: `Enable ${url}` }).click();
  await page.getByRole('button', { name: `Disable ${url}` }).waitFor();
  await page.getByRole('button', { name: `New secret ${url}` }).click();
  await page.locator('#webhook-secret-text', { hasText: 'whsec_' }).waitFor();
  await page.getByRole('button', { name: `New secret ${url}` }).click();
  await page.getByText('The secret was replaced a short while ago').waitFor();

  await page.getByRole('button', { name: `Delete ${url}` }).click();
  await page.getByText('Nobody is told of anything.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#webhooks').waitFor({ state: 'hidden' });
}));

test('on a phone and in the dark it is as readable', () => withPage(async (page) => {
  await page.getByLabel('URL').fill(url);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByRole('button', { name: `Deliveries ${url}` }).click();
  await accessible(page, 'a phone in the dark');
  if (process.env.SCREENSHOT) await page.screenshot({ path: `${process.env.SCREENSHOT}.dark.png`, fullPage: true });
}, { ...PHONE, colorScheme: 'dark' }));
