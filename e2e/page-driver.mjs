import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { StandIn } from './stand-in.mjs';

/** A page that is asked for nothing special is used by one test after the other. */
const VIEWPORT = { width: 1280, height: 860 };

/**
 * Gives each test of a file a stand-in gateway and a page that is open on it. After each test the page must be free of
 * faults: no error on its console, no violation of the content security policy.
 */
export function withPage() {
  const stage = {};
  let shared = null;
  let own = null;
  before(async () => {
    stage.browser = await launch();
  });
  after(() => stage.browser.close());
  afterEach(async () => {
    await own?.context.close();
    own = null;
    if (shared && !await emptied(shared)) shared = null;
    await stage.gateway?.stop();
    stage.gateway = null;
    const { faults } = stage;
    assert.deepEqual(faults.splice(0), []);
  });
  stage.open = async (options = {}, pace = 4) => {
    stage.gateway = await StandIn.start();
    stage.gateway.pace = pace;
    if (Object.keys(options).length > 0) own = await openPage(stage.browser, options);
    else shared ??= await openPage(stage.browser);
    Object.assign(stage, own ?? shared);
    await load(stage.page, stage.gateway.url);
    return stage;
  };
  return stage;
}

/** Leaves nothing to the next test, which has a gateway, and so an origin, of its own. False: a new page is due. */
async function emptied({ page, context }) {
  for (const each of context.pages()) if (each !== page) await each.close();
  await context.clearCookies();
  await context.clearPermissions();
  if (page.isClosed()) {
    await context.close();
    return false;
  }
  await page.setViewportSize(VIEWPORT);
  await page.goto('about:blank');
  return true;
}

export async function load(page, url) {
  await page.goto(url);
  await page.waitForSelector('.loaded');
}

export async function ask(page, text) {
  await page.fill('#message', text);
  await page.press('#message', 'Enter');
}

/** Waits until the last answer has ended. */
export async function finished(page, count = 1) {
  await page.waitForFunction((expected) => {
    const answers = document.querySelectorAll('.answer');
    return answers.length === expected && answers[expected - 1].querySelector('.prose[aria-busy="false"]') !== null
      && document.querySelector('#composer').dataset.state === 'idle';
  }, count);
}

export function answerText(page) {
  return page.locator('.answer .prose:not(.thoughts)').last().innerText();
}

/** What is in the conversation, in order. */
export function messages(page) {
  return page.locator('.message').evaluateAll((nodes) => nodes.map((node) =>
    (node.classList.contains('question') ? `Q ${node.querySelector('.question-text').textContent}` : 'A')));
}

export async function until(condition, what) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`never happened: ${what}`);
}
