import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';
import { answerText, ask, finished, load, messages, until } from './page-driver.mjs';
import { forget, openSession, sessionEnded } from './session-driver.mjs';

const QUESTION = 'How do I connect my own agent?';
const SUM = 'what is 12*(3+4)?';
const ADMIN = 'an-administrator-for-this-test-only-0123456789';
const DAY = 86_400;

let gateway;
let browser;

before(async () => {
  [gateway, browser] = await Promise.all([Program.gateway('--agent.pace=20ms', `--admin.keys=${ADMIN}`), launch()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

async function withPage(work) {
  const { page, context, faults } = await openPage(browser);
  try {
    await load(page, gateway.address);
    await work(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

async function cookieOf(context) {
  const cookies = await context.cookies();
  assert.equal(cookies.length, 1, 'the session and nothing else');
  return cookies[0];
}

/** Calls the gateway as another program would that has got hold of the cookie. */
function callWith({ name, value }, path = '/sessions/current', method = 'GET') {
  return fetch(gateway.address + path, { method, headers: { Cookie: `${name}=${value}` } });
}

/** Begins a session and waits until the page holds its stream, by which it hears of the end. */
async function askAndFollow(page) {
  const following = page.waitForResponse(/\/sessions\/current\/events$/);
  await ask(page, SUM);
  await finished(page);
  assert.equal((await following).status(), 200);
}

test('the page tells until when a session lasts, and the cookie lasts as long at the latest', () =>
  withPage(async (page, context) => {
    await openSession(page);
    await page.getByText('There is no session yet: nothing about you is kept.').waitFor();
    await page.keyboard.press('Escape');
    await ask(page, SUM);
    await finished(page);
    await openSession(page);
    await page.getByText('in 24 hours, unless you come back').waitFor();
    await page.getByText('in 30 days').waitFor();
    const { httpOnly, sameSite, expires } = await cookieOf(context);
    assert.deepEqual([httpOnly, sameSite], [true, 'Lax']);
    assert.ok(Math.abs(expires - Date.now() / 1_000 - 30 * DAY) < 120, `${expires}`);
  }));

test('everything is downloaded in one file', () => withPage(async (page) => {
  await ask(page, SUM);
  await finished(page);
  await openSession(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download everything' }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), 'daveloper-session.json');
  const everything = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.deepEqual(Object.keys(everything), ['session', 'messages', 'documents']);
  const { session, history } = await page.evaluate(async () => {
    const current = await (await fetch('/sessions/current')).json();
    const read = await fetch(`/agent/chat/history/${current.sessionId}`);
    return { session: current, history: (await read.json()).items };
  });
  assert.deepEqual(everything.messages, history);
  assert.deepEqual([everything.session.sessionId, everything.session.latestExpiresAt],
    [session.sessionId, session.latestExpiresAt]);
  assert.deepEqual(everything.documents, []);
}));

test('a new key is worth the session, the old one nothing, and an answer under way loses no word', () =>
  withPage(async (page, context) => {
    await ask(page, QUESTION);
    await until(async () => (await answerText(page).catch(() => '')).split(/\s+/).length > 10, 'it is being written');
    const old = await cookieOf(context);
    await openSession(page);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.locator('#session-renewed', { hasText: 'Done.' }).waitFor();
    assert.equal((await callWith(old)).status, 401);
    const renewed = await cookieOf(context);
    assert.equal((await callWith(renewed)).status, 200);
    await page.keyboard.press('Escape');
    await finished(page);
    const streamed = await answerText(page);
    assert.deepEqual(await messages(page), [`Q ${QUESTION}`, 'A']);
    await load(page, gateway.address);
    await finished(page);
    assert.equal(await answerText(page), streamed);
    assert.equal(await page.locator('.ending').count(), 0, 'it came to its own end');
  }));

test('who is forgotten leaves nothing, and the other tab says so', () => withPage(async (page, context) => {
  await ask(page, SUM);
  await finished(page);
  const other = await context.newPage();
  await load(other, gateway.address);
  await other.fill('#message', SUM);
  const cookie = await cookieOf(context);
  await page.bringToFront();
  await openSession(page);
  await forget(page);
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  assert.equal((await callWith(cookie)).status, 401);
  assert.deepEqual(await context.cookies(), []);
  await sessionEnded(other);
  await other.getByRole('button', { name: 'Start again' }).click();
  await other.press('#message', 'Enter');
  await finished(other);
  assert.match(await answerText(other), /84/);
}));

test('a session that another program ends with its cookie has ended on the page at once', () =>
  withPage(async (page, context) => {
    await askAndFollow(page);
    await page.fill('#message', 'half a thought');
    assert.equal((await callWith(await cookieOf(context), '/sessions/current', 'DELETE')).status, 204);
    await sessionEnded(page);
    assert.equal(await page.inputValue('#message'), 'half a thought');
  }));

test('a session that an administrator revokes has ended on the page at once', () => withPage(async (page) => {
  await askAndFollow(page);
  const sessionId = await page.evaluate(async () => (await (await fetch('/sessions/current')).json()).sessionId);
  const headers = { Authorization: `Bearer ${ADMIN}` };
  const revoked = await fetch(`${gateway.address}/sessions/${sessionId}`, { method: 'DELETE', headers });
  assert.equal(revoked.status, 204);
  await sessionEnded(page);
}));
