import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText, ask, finished, load, messages, until, withPage } from './page-driver.mjs';

const stage = withPage();

test('the history is cleared after a confirmation, in every tab', async () => {
  const { page, gateway, context } = await stage.open();
  await ask(page, 'long');
  await finished(page);
  const other = await context.newPage();
  await load(other, gateway.url);
  assert.equal((await messages(other)).length, 2);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Clear history…' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  assert.equal((await messages(page)).length, 2);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Clear history…' }).click();
  await page.getByRole('button', { name: 'Clear history', exact: true }).click();
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  await until(async () => (await messages(other)).length === 0, 'the other tab is empty too');
});

test('a clearing that fails says so and keeps what is shown', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'long');
  await finished(page);
  gateway.refuse('DELETE', /history/, 503, { code: 'store_unavailable', title: 'The store is away.' });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Clear history…' }).click();
  await page.getByRole('button', { name: 'Clear history', exact: true }).click();
  await page.getByText('That did not work. The store is away.').waitFor();
  assert.equal((await messages(page)).length, 2);
});

test('what is kept is told, and forgetting ends the session', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'long');
  await finished(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  await page.getByText('until you delete them or the session ends').waitFor();
  await page.getByText('Finds passages in the library.').waitFor();
  await page.getByRole('button', { name: 'Forget me…' }).click();
  await page.getByRole('button', { name: 'Forget me', exact: true }).click();
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  assert.equal(gateway.sessions.size, 0);
  await ask(page, 'limited');
  await finished(page);
  assert.equal(gateway.sessions.size, 1);
});

test('Enter sends, Shift+Enter begins a line, and an input method is left alone', async () => {
  const { page, gateway } = await stage.open();
  await page.locator('#message').pressSequentially('one');
  await page.keyboard.press('Shift+Enter');
  await page.locator('#message').pressSequentially('two');
  await page.evaluate(() => {
    const field = document.querySelector('#message');
    for (const detail of [{ isComposing: true }, { keyCode: 229 }]) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...detail }));
    }
  });
  assert.equal(gateway.asked.length, 0);
  await page.keyboard.press('Enter');
  await finished(page);
  assert.equal(gateway.asked[0].message, 'one\ntwo');
  assert.equal(await page.inputValue('#message'), '');
});

test('nothing is sent while an answer is written, and a draft outlives a reload', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForSelector('.answer.live');
  await ask(page, 'impatient');
  assert.equal(await page.inputValue('#message'), 'impatient');
  assert.equal(gateway.asked.length, 1);
  await load(page, gateway.url);
  assert.equal(await page.inputValue('#message'), 'impatient');
  await finished(page);
});

test('a message has a limit, and a counter near it', async () => {
  const { page } = await stage.open();
  await page.fill('#message', 'x'.repeat(29_000));
  assert.equal(await page.locator('#counter').isVisible(), false);
  await page.fill('#message', 'x'.repeat(31_000));
  assert.match(await page.locator('#counter').innerText(), /31.000 of 32.000/);
  assert.equal(await page.locator('#send').isEnabled(), true);
  await page.fill('#message', 'x'.repeat(32_001));
  assert.equal(await page.locator('#send').isEnabled(), false);
  await page.press('#message', 'Enter');
  assert.equal(stage.gateway.asked.length, 0);
});

test('scrolling up is respected, and one click leads back to the end', async () => {
  const { page } = await stage.open({}, 1);
  const frame = page.locator('#conversation');
  const distance = () => frame.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
  await ask(page, 'endless');
  await until(async () => await frame.evaluate((node) => node.scrollHeight > node.clientHeight + 600), 'it is long');
  assert.ok(await distance() < 60, 'the end is followed');
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -500);
  await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
  const place = await frame.evaluate((node) => node.scrollTop);
  await page.waitForTimeout(400);
  assert.ok(Math.abs(await frame.evaluate((node) => node.scrollTop) - place) < 2, 'the place is kept');
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await until(async () => await distance() < 60, 'back at the end');
  assert.equal(await page.locator('#latest').isVisible(), false);
});

test('answers and code are copied', async () => {
  const { page, gateway, context } = await stage.open();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: gateway.url });
  await ask(page, 'agents?');
  await finished(page);
  await page.locator('.code').getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
    './daveloper --agent.target=dns:///localhost:50052');
  await page.locator('.answer-foot').getByRole('button', { name: 'Copy' }).click();
  await until(() => page.evaluate(() => navigator.clipboard.readText().then((text) => text.includes('**gRPC'))),
    'the Markdown is on the clipboard');
});

test('the history is read again when the tab is shown, and an answer under way is joined', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'limited');
  await finished(page);
  await page.evaluate(() => fetch('/agent/chat', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"elsewhere"' },
    body: JSON.stringify({ message: 'long' }),
  }).then((response) => response.body.cancel()));
  assert.equal((await messages(page)).length, 2);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await finished(page, 2);
  assert.match(await answerText(page), /word119$/);
  assert.equal(gateway.asked.length, 2);
});

test('a page that opens while the gateway is away comes to life with it', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  gateway.refuse('GET', /sessions/, 503);
  await load(page, gateway.url);
  assert.equal(await page.locator('#status-word').textContent(), 'Not reachable');
  await until(async () => (await messages(page)).length === 2, 'the history appears');
  assert.equal(await page.locator('#status-word').textContent(), 'Ready');
});
