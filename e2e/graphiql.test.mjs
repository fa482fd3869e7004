import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { launch, openPage } from './browser.mjs';
import { Program } from './gateway-process.mjs';

const KEY = 'a-key-for-these-tests';
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const EXAMPLES = [
  'OpenSession', 'SendMessage', 'FollowRun', 'Conversation', 'Documents', 'Health', 'Administration',
];

let gateway;
let browser;

before(async () => {
  [gateway, browser] = await Promise.all([Program.gateway(`--admin.keys=${KEY}`), launch()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

/** The playground in a browser without a session; nothing on the page may break, nothing may come from elsewhere. */
async function withPlayground(work, options = {}) {
  const { page, context, faults } = await openPage(browser, options);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  try {
    await page.goto(`${gateway.address}/graphiql`);
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
    await work(page);
    assert.deepEqual(faults, []);
    const elsewhere = asked.filter((url) => !url.startsWith(gateway.address) && !url.startsWith('data:'));
    assert.deepEqual(elsewhere, [], 'calls to others');
  } finally {
    await context.close();
  }
}

const open = (page, name) => page.getByRole('tab', { name, exact: true }).click();

/** Runs what stands in the editor; answers what is shown when `wanted` is in it. */
async function run(page, wanted) {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  return shown(page, wanted);
}

/** All of the result: of a long one only the lines in view are in the page. */
async function shown(page, wanted) {
  const text = await page.waitForFunction((word) => {
    const value = document.querySelector('.result-window .CodeMirror').CodeMirror.getValue();
    return value.includes(word) && value;
  }, wanted);
  return JSON.parse(await text.jsonValue());
}

/** Puts a text in the place of what stands in one of the editors. */
async function write(page, part, text) {
  await page.locator(`${part} .CodeMirror`).filter({ visible: true })
    .evaluate((node, value) => node.CodeMirror.setValue(value), text);
}

test('the examples open a session, send a message, and show the conversation', () => withPlayground(async (page) => {
  assert.deepEqual(await page.getByRole('tab').allInnerTexts(), EXAMPLES);
  const opened = (await run(page, 'expiresAt')).data.openSession.session;
  assert.match(opened.id, /^ses_/);
  assert.ok((await page.context().cookies()).some(({ httpOnly }) => httpOnly), 'the browser has the cookie');

  await open(page, 'SendMessage');
  const sent = (await run(page, '"attached"')).data.sendMessage;
  assert.equal(sent.session.id, opened.id);
  assert.match(sent.run.id, /^run_/);

  await open(page, 'Conversation');
  let messages = [];
  for (let tries = 0; tries < 60 && !messages[1]?.text; tries += 1) {
    messages = (await run(page, '"messages"')).data.session.messages.nodes;
  }
  assert.deepEqual(messages.map(({ role }) => role), ['USER', 'ASSISTANT']);
  assert.equal(messages[0].text, 'How do I connect my own agent?');
}));

test('the other examples are answered', () => withPlayground(async (page) => {
  await run(page, 'expiresAt');
  await open(page, 'Documents');
  assert.deepEqual((await run(page, '"documents"')).data.jobs, []);
  await open(page, 'Health');
  assert.equal((await run(page, '"components"')).data.health.status, 'PASS');
}));

test('an administrator puts the key under headers, and it is not kept', () => withPlayground(async (page) => {
  await open(page, 'Administration');
  assert.equal((await run(page, 'admin_required')).data, null);
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await write(page, '.graphiql-editor-tool', JSON.stringify({ Authorization: `Bearer ${KEY}` }));
  assert.equal(typeof (await run(page, '"sessionCounts"')).data.sessionCounts.live, 'number');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
}));

test('a subscription shows what came last, and to stop it is to hang up', () => withPlayground(async (page) => {
  const event = (name, value) => `event: ${name}\ndata:${value ? ` ${JSON.stringify(value)}` : ''}\n\n`;
  const told = (text) => event('next', { data: { runEvents: { __typename: 'TextDelta', text } } });
  let asked = 0;
  await page.route('**/graphql', async (route) => {
    if (route.request().headers().accept !== 'text/event-stream') return route.continue();
    asked += 1;
    if (asked === 2) return undefined;
    const body = `: hello\n\n${told('first')}${told('last')}${asked === 1 ? event('complete') : ''}`;
    return route.fulfill({ headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body });
  });
  await open(page, 'FollowRun');
  assert.equal((await run(page, '"last"')).data.runEvents.text, 'last');

  await page.getByRole('button', { name: /^Execute query/ }).click();
  const hungUp = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: /^Stop query/ }).click();
  assert.equal((await hungUp).method(), 'POST');

  const lost = await run(page, 'lost before the end');
  assert.deepEqual(Object.keys(lost), ['errors']);
}));

test('a gateway that does not answer is told of', () => withPlayground(async (page) => {
  await page.context().setOffline(true);
  assert.match((await run(page, 'reached')).errors[0].message, /could not be reached/);
  await page.context().setOffline(false);
  await run(page, 'expiresAt');
}));

test('the schema can be read and searched beside the editor', () => withPlayground(async (page) => {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Subscription', exact: true }).first().click();
  await page.getByText('What happens to the caller').waitFor();
  await page.getByLabel('Search the schema').fill('cancelRun');
  await page.getByRole('option', { name: /cancelRun/ }).first().waitFor();
}));

test('the dialogs open and close', () => withPlayground(async (page) => {
  for (const name of ['Open short keys dialog', 'Open settings dialog']) {
    await page.getByRole('button', { name }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
}));

test('the keyboard comes into an editor and out of it again, and runs what stands there', () =>
  withPlayground(async (page) => {
    await page.getByRole('button', { name: 'Select active operation' }).or(page.locator('.graphiql-tab-add')).focus();
    const within = (selector) => page.evaluate((place) => !!document.activeElement.closest(place), selector);
    for (let keys = 0; keys < 10 && !await within('.graphiql-query-editor .CodeMirror'); keys += 1) {
      await page.keyboard.press('Tab');
    }
    assert.equal(await within('.graphiql-query-editor .CodeMirror'), true);
    await page.keyboard.press('Tab');
    assert.equal(await within('.graphiql-execute-button'), true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+Enter');
    await shown(page, 'expiresAt');
  }));

for (const colorScheme of ['light', 'dark']) {
  for (const [name, screen] of Object.entries({ wide: {}, narrow: PHONE })) {
    test(`nobody is shut out (${colorScheme}, ${name})`, () => withPlayground(async (page) => {
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.getByLabel('Search the schema').waitFor();
      await run(page, 'expiresAt');
      for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), []);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await page.evaluate(overflow), 0);
    }, { ...screen, colorScheme, reducedMotion: 'reduce' }));
  }
}
