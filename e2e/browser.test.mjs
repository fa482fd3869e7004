import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { CuttingProxy } from './cutting-proxy.mjs';
import { Program } from './gateway-process.mjs';
import { answerText, ask, finished, load, messages, until } from './page-driver.mjs';

const QUESTION = 'How do I connect my own agent?';

let gateway;
let browser;

before(async () => {
  [gateway, browser] = await Promise.all([Program.gateway('--agent.pace=30ms'), launch()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

async function withPage(work, address = gateway.address) {
  const { page, context, faults } = await openPage(browser);
  try {
    await load(page, address);
    await work(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** The stored conversation, as the page's own session reads it. */
function stored(page) {
  return page.evaluate(async () => {
    const { sessionId } = await (await fetch('/sessions/current')).json();
    return (await (await fetch(`/agent/chat/history/${sessionId}`)).json()).items;
  });
}

async function words(page, count) {
  await until(async () => (await answerText(page).catch(() => '')).split(/\s+/).length > count, `${count} words`);
}

/** The answer's visible words, without what the page adds to them. */
function plain(text) {
  return text.replace(/\[\d+\]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

test('an answer streams word by word, with citations that open the passage', () => withPage(async (page) => {
  await ask(page, QUESTION);
  await words(page, 5);
  const early = await answerText(page);
  await finished(page);
  const whole = await answerText(page);
  assert.ok(whole.length > early.length, 'more came after the first words');
  assert.match(whole, /--agent\.target=/);
  await page.locator('.cite').first().click();
  await page.getByRole('link', { name: 'Open the document' }).click();
  await page.waitForSelector('.quoted');
  assert.match(await page.locator('.quoted').first().innerText(), /\S/);
}));

test('a page that is loaded again in mid-answer goes on with the same answer, no word lost or doubled',
  () => withPage(async (page) => {
    await ask(page, QUESTION);
    for (const count of [10, 30, 60]) {
      await words(page, count);
      await load(page, gateway.address);
    }
    await finished(page);
    const [question, answer, ...more] = await stored(page);
    assert.equal(more.length, 0, 'one question, one answer');
    assert.equal(question.text, QUESTION);
    assert.equal(answer.outcome, 'completed');
    const streamed = plain(await answerText(page));
    await load(page, gateway.address);
    await finished(page);
    assert.equal(plain(await answerText(page)), streamed, 'what was streamed is what is stored');
    assert.deepEqual(await messages(page), [`Q ${QUESTION}`, 'A']);
  }));

test('the Stop button stops the answer and keeps what had come', () => withPage(async (page) => {
  await ask(page, QUESTION);
  await words(page, 8);
  await page.getByRole('button', { name: /stop/i }).click();
  await finished(page);
  const [, answer] = await stored(page);
  assert.equal(answer.outcome, 'cancelled');
  assert.ok(answer.text.length > 0);
}));

test('connections that break in mid-answer cost no word', async () => {
  const network = await CuttingProxy.to(gateway.address);
  await withPage(async (page) => {
    await ask(page, QUESTION);
    for (const count of [10, 30, 60, 90]) {
      await words(page, count);
      assert.ok(network.cut() > 0, 'there was a connection to break');
    }
    await finished(page);
    const streamed = plain(await answerText(page));
    const [, answer, ...more] = await stored(page);
    assert.equal(more.length, 0);
    assert.equal(answer.outcome, 'completed');
    await load(page, network.address);
    await finished(page);
    assert.equal(plain(await answerText(page)), streamed);
  }, network.address);
  await network.close();
});

test('clearing the history forgets the conversation', () => withPage(async (page) => {
  await ask(page, 'what is 12*(3+4)?');
  await finished(page);
  assert.match(await answerText(page), /84/);
  const gone = await page.evaluate(async () => {
    const { sessionId } = await (await fetch('/sessions/current')).json();
    return (await fetch(`/agent/chat/history/${sessionId}`, { method: 'DELETE' })).status;
  });
  assert.equal(gone, 204);
  assert.deepEqual(await stored(page), []);
}));
