import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { StandIn } from './stand-in.mjs';

/**
 * Gives each test of a file a stand-in gateway and a page that is open on it. After each test the page must be free of
 * faults: no error on its console, no violation of the content security policy.
 */
export function withPage() {
  const stage = {};
  const contexts = [];
  before(async () => {
    stage.browser = await launch();
  });
  after(() => stage.browser.close());
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await stage.gateway?.stop();
    stage.gateway = null;
    assert.deepEqual(stage.faults, []);
  });
  stage.open = async (options = {}, pace = 4) => {
    stage.gateway = await StandIn.start();
    stage.gateway.pace = pace;
    const { page, context, faults } = await openPage(stage.browser, options);
    contexts.push(context);
    Object.assign(stage, { page, context, faults });
    await load(page, stage.gateway.url);
    return stage;
  };
  return stage;
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
    return answers.length === expected && answers[expected - 1].getAttribute('aria-busy') === 'false'
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
