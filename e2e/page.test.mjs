import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText, ask, finished, load, messages, until, withPage } from './page-driver.mjs';
import { LONG } from './scripts.mjs';

const stage = withPage();

test('a suggested question streams an answer with tools, reasoning and citations', async () => {
  const { page } = await stage.open();
  await page.getByRole('button', { name: 'How do I connect my own agent?' }).click();
  await finished(page);
  assert.deepEqual(await messages(page), ['Q How do I connect my own agent?', 'A']);
  assert.match(await answerText(page), /^You connect an agent by pointing the gateway at a gRPC service; nothing/);
  assert.equal(await page.locator('.answer table tbody tr').count(), 3);
  assert.equal(await page.locator('.answer .cite').count(), 3);
  assert.equal(await page.locator('.source').count(), 2);
  assert.equal(await page.locator('.reasoning strong').textContent(), 'search');
  await page.locator('.cards summary').click();
  assert.match(await page.locator('.card-body').innerText(), /connect an agent[\s\S]*"found": 2/);
  assert.equal(await page.locator('#status-word').textContent(), 'Ready');
});

test('a citation opens its passage, and the document shows it highlighted', async () => {
  const { page } = await stage.open();
  await ask(page, 'agents?');
  await finished(page);
  await page.locator('.cite').first().click();
  assert.equal(await page.locator('#passage-title').textContent(), 'Connect your own agent');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#passage').isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.className), 'cite', 'focus goes back to the marker');
  await page.locator('.source').first().click();
  await page.getByRole('link', { name: 'Open the document' }).click();
  await page.waitForSelector('.quoted');
  assert.match(await page.locator('.quoted').innerText(), /^The request carries the session/);
  assert.equal(await page.locator('.quoted').count(), 1);
  assert.match(await page.title(), /^Connect your own agent/);
  const links = page.locator('.document a');
  assert.equal(await links.getAttribute('href'), '/library/reference/streaming#resume', 'the other link leads nowhere');
  await page.goBack();
  await finished(page);
});

test('an unknown document is said to be missing', async () => {
  const { page, gateway } = await stage.open();
  await page.goto(`${gateway.url}/library/no/such`);
  await page.getByText('There is no such document.').waitFor();
});

test('reloading in mid-answer continues the same answer, exactly once', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForFunction(() => document.querySelector('.prose p')?.textContent.includes('word20'));
  await load(page, gateway.url);
  assert.equal(await page.locator('.question').count(), 1);
  await finished(page);
  assert.equal(await answerText(page), LONG);
  assert.deepEqual(await messages(page), ['Q long', 'A']);
  assert.deepEqual(gateway.asked.length, 1);
  assert.equal(gateway.followed[0].after, null);
  await load(page, gateway.url);
  assert.equal(await answerText(page), LONG, 'and it is the same from the history');
});

test('connections that break over and over lose and double nothing', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'flaky');
  await finished(page);
  assert.equal(await answerText(page), LONG);
  assert.ok(gateway.followed.length >= 6, `${gateway.followed.length} connections`);
  assert.equal(gateway.asked.length, 1);
});

test('a longer interruption is told, and mended', async () => {
  const { page, gateway } = await stage.open({}, 40);
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  for (let times = 0; times < 3; times += 1) gateway.refuse('GET', /runs.+events$/, 0);
  gateway.dropConnections();
  await page.locator('#banner', { hasText: 'Reconnecting…' }).waitFor();
  await finished(page);
  assert.equal(await page.locator('#banner').isVisible(), false);
  assert.equal(await answerText(page), LONG);
});

test('a message whose sending breaks is sent again with the same key, and asked once', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /chat$/, 0);
  gateway.refuse('POST', /chat$/, 0);
  await ask(page, 'long');
  await finished(page);
  assert.equal(gateway.runs.size, 1);
  assert.deepEqual(await messages(page), ['Q long', 'A']);
});

test('blocks that are finished are never built again, so that nothing flickers', async () => {
  const { page } = await stage.open({}, 10);
  await ask(page, 'agents?');
  await page.waitForSelector('.prose ol');
  await page.evaluate(() => {
    window.first = document.querySelector('.answer > .prose > p');
  });
  await finished(page);
  assert.ok(await page.evaluate(() => document.querySelector('.answer > .prose > p') === window.first));
});

test('stop stops, and says so only when the run has ended', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await finished(page);
  assert.equal(await page.locator('.ending').innerText(), 'Stopped.');
  assert.ok(LONG.startsWith(await answerText(page)));
  assert.equal(gateway.activeRun, undefined);
  await ask(page, 'slow');
  await page.waitForSelector('.waiting:visible');
  await page.keyboard.press('Escape');
  await finished(page, 2);
  assert.match(await page.locator('.ending').last().innerText(), /^Stopped. No answer/);
});

test('an agent that is not available is told, and the message can be sent again', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /chat$/, 503, { code: 'agent_unavailable', title: 'x' }, { 'Retry-After': '5' });
  await ask(page, 'long');
  await page.getByRole('alert').filter({ hasText: 'The agent is not available right now.' }).waitFor();
  assert.equal(await page.locator('#status-word').textContent(), 'Agent unavailable');
  assert.equal(await page.locator('.answer').count(), 0);
  await page.getByRole('button', { name: 'Try again' }).click();
  await finished(page);
  assert.deepEqual(await messages(page), ['Q long', 'A']);
  assert.equal(await page.locator('.notice:visible').count(), 0);
});

test('a message that the gateway does not accept is told with its reason', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /chat$/, 400, { code: 'invalid_request', title: 'No', detail: 'It is odd.' });
  await ask(page, 'long');
  await page.getByText('It is odd.').waitFor();
});

for (const [outcome, words] of [
  ['interrupted', /^Interrupted. The answer broke off/], ['failed', /^Failed. The agent broke off its answer./],
  ['limited', /^Cut short. The answer reached its limit/],
]) {
  test(`the outcome ${outcome} is told below what had arrived`, async () => {
    const { page, gateway } = await stage.open();
    await ask(page, outcome);
    await finished(page);
    assert.match(await page.locator('.ending').innerText(), words);
    assert.notEqual(await answerText(page), '');
    await load(page, gateway.url);
    assert.match(await page.locator('.ending').innerText(), words, 'also from the history');
    if (outcome === 'limited') return;
    await page.getByRole('button', { name: 'Try again' }).click();
    await finished(page, 2);
    assert.deepEqual(await messages(page), [`Q ${outcome}`, 'A', `Q ${outcome}`, 'A']);
  });
}

for (const status of [410, 404]) {
  test(`an answer that can no longer be followed (${status}) is read from the history`, async () => {
    const { page, gateway } = await stage.open({}, 15);
    await ask(page, 'long');
    await page.waitForSelector('.prose p');
    gateway.activeRun.end('interrupted');
    gateway.refuse('GET', /runs.+events$/, status, { code: 'gone' });
    gateway.dropConnections();
    await finished(page);
    assert.deepEqual(await messages(page), ['Q long', 'A']);
    assert.match(await page.locator('.ending').innerText(), /^Interrupted/);
  });
}

test('a run that is said to be under way but cannot be followed is not asked for without pause', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  for (let times = 0; times < 50; times += 1) gateway.refuse('GET', /runs.+events$/, 404, { code: 'not_found' });
  gateway.dropConnections();
  await page.waitForTimeout(1_500);
  assert.ok(gateway.refusals.length >= 46, `${50 - gateway.refusals.length} requests`);
  gateway.refusals.length = 0;
  await finished(page);
  await until(async () => await answerText(page) === LONG, 'the history has the whole answer');
  assert.deepEqual(await messages(page), ['Q long', 'A']);
});

test('a second tab shows the same answer while it is written, and sends no second one', async () => {
  const { page, gateway, context } = await stage.open({}, 15);
  await ask(page, 'long');
  await page.waitForSelector('.prose p');
  const other = await context.newPage();
  await load(other, gateway.url);
  await other.waitForSelector('.answer.live');
  await finished(page);
  await finished(other);
  assert.equal(await answerText(other), LONG);
  await ask(other, 'limited');
  await until(async () => (await messages(page)).length === 4, 'the first tab shows what the second wrote');
  await finished(page, 2);
  assert.deepEqual(await messages(page), await messages(other));
});

test('a message sent while another tab has an answer under way is given back', async () => {
  const { page, gateway } = await stage.open({}, 15);
  await ask(page, 'long');
  await finished(page);
  gateway.pace = 20;
  await page.evaluate(() => fetch('/agent/chat', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"other"' },
    body: JSON.stringify({ message: 'long' }),
  }).then((response) => response.body.cancel()));
  await ask(page, 'me too');
  await page.waitForFunction(() => document.querySelector('#message').value === 'me too');
  await finished(page, 2);
  assert.deepEqual(await messages(page), ['Q long', 'A', 'Q long', 'A']);
});

test('hostile Markdown stays text', async () => {
  const { page } = await stage.open();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await ask(page, 'hostile');
  await finished(page);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator('.answer :is(img, script, b)').count(), 0);
  assert.deepEqual(await page.locator('.answer .prose a').evaluateAll((links) => links.map((link) =>
    [link.href, link.rel, link.target])), [
    ['https://example.org/pixel.png', 'noopener noreferrer nofollow', '_blank'],
    ['https://example.org/', 'noopener noreferrer nofollow', '_blank'],
  ]);
  assert.ok(requests.every((url) => url.startsWith(stage.gateway.url)));
});
