import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { answerText, ask, finished, until, withPage } from './page-driver.mjs';
import { LONG } from './scripts.mjs';

const AWAY = ['store_unavailable', 'This answer goes on, but it is not being stored at the moment.'];
const BACK = ['store_available', 'What is answered is being stored again.'];

const stage = withPage();

/** Asks what is answered with a few words and then nothing; gives the run. */
async function halted(page, gateway) {
  await ask(page, 'halting');
  await page.getByText('It begins, and').waitFor();
  return gateway.activeRun;
}

function note(page) {
  return page.locator('.answer').last().getByRole('status');
}

function heights(page) {
  return page.evaluate(() => {
    const frame = document.querySelector('#conversation');
    const words = document.querySelector('.answer .prose p').getBoundingClientRect();
    return [frame.scrollHeight, frame.scrollTop, words.top, words.height];
  });
}

test('an answer that is not being stored says so below its words, until it is stored again', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.getByText('word3').waitFor();
  gateway.activeRun.tell(...AWAY);
  await page.getByText(AWAY[1]).waitFor();
  assert.equal(await note(page).innerText(), AWAY[1]);
  gateway.activeRun.tell(...AWAY);
  const seen = (await answerText(page)).length;
  await until(async () => (await answerText(page)).length > seen, 'the answer goes on');
  assert.equal(await page.getByText(AWAY[1]).count(), 1, 'it is said once');
  gateway.activeRun.tell(...BACK);
  await page.getByText(AWAY[1]).waitFor({ state: 'hidden' });
  assert.equal(await page.getByText(BACK[1]).count(), 0);
  await finished(page);
  assert.equal(await answerText(page), LONG);
  assert.equal(await note(page).count(), 0);
});

test('a code that the page does not know is told in the words that came, and ends with the answer', async () => {
  const { page, gateway } = await stage.open();
  const run = await halted(page, gateway);
  run.tell('of_the_future', '<b>Something</b> else.');
  await page.getByText('<b>Something</b> else.').waitFor();
  run.tell(...BACK);
  run.tell('of_the_future', 'Something new.');
  await page.getByText('Something new.').waitFor();
  run.end('completed');
  await finished(page);
  assert.equal(await note(page).count(), 0);
});

test('nothing jumps when a note comes, nor when it goes', async () => {
  const { page, gateway } = await stage.open();
  const run = await halted(page, gateway);
  const [, ...before] = await heights(page);
  run.tell(...AWAY);
  await page.getByText(AWAY[1]).waitFor();
  const [height, ...after] = await heights(page);
  assert.deepEqual(after, before, 'the words stay where they are');
  run.tell(...BACK);
  await page.getByText(AWAY[1]).waitFor({ state: 'hidden' });
  assert.deepEqual(await heights(page), [height, ...before]);
  run.tell(...AWAY);
  await page.getByText(AWAY[1]).waitFor();
  assert.deepEqual(await heights(page), [height, ...before]);
});

test('who comes back after a break is not told what may be over', async () => {
  const { page, gateway } = await stage.open();
  const run = await halted(page, gateway);
  run.tell(...AWAY);
  await page.getByText(AWAY[1]).waitFor();
  gateway.dropConnections();
  await page.getByText(AWAY[1]).waitFor({ state: 'hidden' });
  await until(() => gateway.followed.length === 1, 'the page follows again');
  run.tell(...AWAY);
  await page.getByText(AWAY[1]).waitFor();
  assert.equal(gateway.followed[0].after, run.events.at(-1).cursor);
});

for (const colorScheme of ['light', 'dark']) {
  test(`a note has enough contrast, and is read out while the answer is written (${colorScheme})`, async () => {
    const { page, gateway } = await stage.open({ colorScheme, reducedMotion: 'reduce' });
    const run = await halted(page, gateway);
    assert.equal(await note(page).count(), 1, 'it is there before it says something');
    run.tell(...AWAY);
    await page.getByText(AWAY[1]).waitFor();
    for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), []);
    assert.equal(await note(page).evaluate((node) => node.closest('[aria-busy="true"]')), null);
  });
}
