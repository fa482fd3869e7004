import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { added, choose, file } from './documents-driver.mjs';
import { ask, finished, load, messages, until, withPage } from './page-driver.mjs';
import { focused, forget, openSession, readsOf, sessionEnded } from './session-driver.mjs';

const stage = withPage();
const DAY = 86_400_000;

/** The only session that the gateway has. */
const only = (gateway) => [...gateway.sessions.values()][0];

/** Ends a session as its time or an administrator does, without a word from any tab. */
function endElsewhere(gateway) {
  gateway.visits.end(only(gateway));
}

/** The same, while nothing of it reaches the page by itself. */
async function endUnheard(gateway, quiet) {
  await until(() => only(gateway).streams.size === 1, 'the session is followed');
  // A read that is under way would be told of the end as well.
  await quiet();
  only(gateway).streams.clear();
  endElsewhere(gateway);
}

test('a newcomer is told that nothing is kept, and nothing is offered', async () => {
  const { page } = await stage.open();
  await openSession(page);
  await page.getByText('There is no session yet: nothing about you is kept.').waitFor();
  assert.equal(await page.locator('#session-there').isVisible(), false);
  await page.keyboard.press('Escape');
  await until(async () => await focused(page) === 'menu-button', 'the focus is back');
});

test('the session tells when it was opened, when it ends, and when at the latest', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  only(gateway).createdAt -= 3 * DAY;
  await openSession(page);
  const facts = await page.locator('#session-facts > div').allInnerTexts();
  assert.match(facts[0], /^Opened\s.*\d{4}.*\s3 days ago$/s);
  assert.match(facts[1], /^Ends\s.*\d{4}.*\sin 24 hours, unless you come back/s);
  assert.match(facts[2], /^At the latest\s.*\d{4}.*\sin 27 days$/s);
  const moments = await page.locator('#session-facts time').evaluateAll((all) => all.map(({ dateTime }) => dateTime));
  assert.deepEqual(moments.map((moment) => Math.round((Date.parse(moment) - Date.now()) / DAY)), [-3, 1, 27]);
});

test('everything is downloaded in one file', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  await openSession(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download everything' }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), 'daveloper-session.json');
  const { session, messages: kept, documents } = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(session.sessionId, only(gateway).sessionId);
  assert.deepEqual([kept.length, documents], [2, []]);
});

test('a new key replaces the old one; streams and an answer under way go on', async () => {
  const { page, gateway, context } = await stage.open({}, 15);
  const other = await context.newPage();
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  gateway.activeRun.pace = 1_000;
  await load(other, gateway.url);
  await other.waitForSelector('.answer.live');
  await page.bringToFront();
  const session = only(gateway);
  await until(() => session.shelf?.viewers.size === 2, 'both tabs follow the session');
  const before = session.token;
  await openSession(page);
  assert.equal(await page.locator('#session-clear').isDisabled(), true, 'while an answer is written');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByText('The old key opens nothing any more.').last().waitFor();
  assert.notEqual(session.token, before);
  assert.deepEqual([...gateway.sessions.keys()], [session.token]);
  assert.equal(await focused(page), 'session-renew');
  await page.keyboard.press('Escape');
  assert.equal(gateway.activeRun.finished, false);
  gateway.activeRun.pace = 4;
  for (const tab of [page, other]) {
    await finished(tab);
    assert.deepEqual(await messages(tab), ['Q long', 'A']);
    assert.equal(await tab.locator('#ended').isVisible(), false);
  }
  await until(() => session.shelf.viewers.size === 2, 'both tabs follow it again');
  assert.equal(gateway.asked.length, 1);
});

test('a key that is not replaced is told, with what support needs', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  await openSession(page);
  gateway.refuse('POST', /renew$/, 503, { code: 'store_unavailable', title: 'The store does not answer.' });
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByText('That did not work. The store does not answer.').waitFor();
  await page.locator('#session-failure summary').click();
  assert.match(await page.locator('#session-failure dl').innerText(),
    /Kind\s+store_unavailable\s+Request\s+req_[0-9a-f]{26}/);
  assert.equal(await page.getByRole('link', { name: 'store_unavailable' }).getAttribute('href'),
    '/errors/store_unavailable');
});

test('forgetting asks first; then the page is as new, and other tabs say that the session has ended', async () => {
  const { page, gateway, context } = await stage.open();
  await added(page, 'a.pdf');
  await ask(page, 'limited');
  await finished(page);
  const other = await context.newPage();
  await load(other, gateway.url);
  await other.fill('#message', 'half a thought');
  await page.bringToFront();
  await openSession(page);
  await page.getByRole('button', { name: 'Forget me…' }).click();
  await page.getByText('Deleted for good, in every tab').waitFor();
  await page.getByRole('button', { name: 'Keep' }).click();
  await until(async () => await focused(page) === 'session-forget', 'nothing has happened');
  await forget(page);
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  await until(async () => await focused(page) === 'message', 'the page is ready for a newcomer');
  assert.equal(gateway.sessions.size, 0);
  assert.deepEqual([await page.locator('#ended').isVisible(), await page.locator('#status-word').textContent()],
    [false, 'Ready']);
  await sessionEnded(other);
  assert.deepEqual(await messages(other), []);
  await until(async () => !await other.locator('#documents-count').isVisible(), 'no document is left');
  assert.equal(await other.locator('#status-word').textContent(), 'Session ended');
  await other.getByRole('button', { name: 'Start again' }).click();
  await other.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  assert.equal(await other.inputValue('#message'), 'half a thought');
  assert.equal(await focused(other), 'message');
  await other.keyboard.press('Enter');
  await finished(other);
  assert.equal(gateway.sessions.size, 1);
});

test('a forgetting that fails says so and keeps the session, and an answer goes on', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  await openSession(page);
  gateway.refuse('DELETE', /current$/, 503, { code: 'store_unavailable', title: 'The store does not answer.' });
  await page.getByRole('button', { name: 'Forget me…' }).click();
  await page.getByRole('button', { name: 'Forget me', exact: true }).click();
  await page.getByText('That did not work. The store does not answer.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await finished(page);
  assert.deepEqual(await messages(page), ['Q long', 'A']);
});

test('a session that ends while the page is open is told at once, over any dialog', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  await until(() => only(gateway).shelf?.viewers.size === 1, 'the session is followed');
  await openSession(page);
  await page.getByRole('button', { name: 'Clear history…' }).click();
  endElsewhere(gateway);
  await sessionEnded(page);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await until(async () => await focused(page) === 'start-again', 'the way on has the focus');
});

test('a message to a session whose time is over is given back, and sent when the person starts again', async () => {
  const { page, gateway } = await stage.open();
  const quiet = readsOf(page);
  await ask(page, 'limited');
  await finished(page);
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 25 * 3_600_000;
  });
  await endUnheard(gateway, quiet);
  await ask(page, 'are you there?');
  await sessionEnded(page);
  assert.equal(await page.inputValue('#message'), 'are you there?');
  await page.getByText('What you were writing is still in the box below.').waitFor();
  assert.equal(gateway.asked.length, 1, 'no other session was begun in silence');
  await page.press('#message', 'Enter');
  await finished(page);
  assert.deepEqual(await messages(page), ['Q are you there?', 'A']);
  assert.equal(await page.locator('#status-word').textContent(), 'Ready');
});

test('a session that was replaced before the page could know is not mixed up with the new one', async () => {
  const { page, gateway } = await stage.open();
  const quiet = readsOf(page);
  await ask(page, 'limited');
  await finished(page);
  await endUnheard(gateway, quiet);
  await ask(page, 'failed');
  await page.locator('#anew:visible').waitFor();
  await finished(page);
  assert.deepEqual(await messages(page), ['Q failed', 'A']);
});

test('a file that is added to a session that has ended begins another one', async () => {
  const { page, gateway } = await stage.open();
  await added(page, 'a.pdf');
  endElsewhere(gateway);
  await sessionEnded(page);
  await choose(page, file('b.pdf'));
  await page.locator('#ready', { hasText: 'b.pdf' }).waitFor();
  await until(async () => !await page.locator('#ended').isVisible(), 'the page is back to work');
  assert.equal(await page.locator('#documents-count').textContent(), '1');
});

test('a problem of a message or a file is told with its kind and the id of its request', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /chat$/, 400, { code: 'invalid_request', title: 'No', detail: 'It is odd.' });
  await ask(page, 'limited');
  const notice = page.locator('.question .notice');
  await notice.locator('summary').click();
  assert.match(await notice.locator('dl').innerText(), /Kind\s+invalid_request\s+Request\s+req_/);
  await ask(page, 'failed');
  await finished(page);
  await page.locator('.ending summary').click();
  assert.match(await page.locator('.ending dl').innerText(), /Kind\s+\w+/);
  await choose(page, file('program.exe'));
  const details = page.locator('#work .work-row .problem-details');
  await details.locator('summary').click();
  assert.match(await details.innerText(), /Kind\s+document_type_not_allowed\s+Request\s+req_/);
  await choose(page, file('locked.pdf'));
  await page.locator('#work .work-row', { hasText: 'Save it without a password' }).waitFor();
  assert.equal(await details.first().getAttribute('open'), '', 'what was unfolded stays so');
});

for (const [width, colorScheme] of [[1280, 'light'], [360, 'dark']]) {
  test(`the session is for everybody, at ${width} pixels (${colorScheme})`, async () => {
    const viewport = { width, height: 740 };
    const { page, gateway } = await stage.open({ viewport, colorScheme, reducedMotion: 'reduce' });
    const check = async (state) => {
      for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('body *')]
        .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.visually-hidden'))
        .map((node) => node.className)), [], state);
    };
    await openSession(page);
    await check('without a session');
    await page.keyboard.press('Escape');
    await ask(page, 'limited');
    await finished(page);
    await page.getByRole('button', { name: 'Menu' }).click();
    const links = await page.locator('#menu a').evaluateAll((all) => all.map(({ pathname }) => pathname));
    assert.deepEqual(links, ['/docs', '/graphiql', '/status', '/errors']);
    await check('menu');
    await page.keyboard.press('Escape');
    await openSession(page);
    await check('session');
    const reached = [];
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused(page));
    }
    assert.deepEqual(reached,
      ['session-close', 'session-download', 'session-renew', 'session-clear', 'session-forget']);
    gateway.refuse('POST', /renew$/, 503, { code: 'store_unavailable', title: 'The store does not answer.' });
    await page.locator('#session-renew').press('Enter');
    await page.locator('#session-failure summary').click();
    await check('failure');
    await page.locator('#session-forget').press('Enter');
    await check('confirmation');
    endElsewhere(gateway);
    await sessionEnded(page);
    await check('ended');
  });
}
