import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { added, choose, drag, file, kept, listen, openPanel, placed, row, withDisk } from './documents-driver.mjs';
import { ask, finished, load, until, withPage } from './page-driver.mjs';

const stage = withPage();

const focused = (page) => page.evaluate(() => {
  const { activeElement: node } = document;
  return node.getAttribute('aria-label') ?? (node.id || node.textContent.trim());
});

for (const colorScheme of ['light', 'dark']) {
  test(`documents have names and enough contrast in every state (${colorScheme})`, () => withDisk(async (disk) => {
    const { page, gateway } = await stage.open({ colorScheme, reducedMotion: 'reduce' });
    const check = async (state) => {
      for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
    };
    gateway.desk.share('house-rules.md');
    gateway.desk.hold = 'reading';
    await openPanel(page);
    await check('nothing there');
    await page.keyboard.press('Escape');
    await choose(page, file('a.pdf'), file('program.exe'), file('busy.pdf'));
    await row(page, 'busy.pdf').getByText('Try again in').waitFor();
    await row(page, 'a.pdf').getByText(/Reading/).waitFor();
    await check('under way and refused, near the message box');
    await openPanel(page);
    await check('under way and refused, in the panel');
    gateway.desk.hold = null;
    await kept(page, 'a.pdf').waitFor();
    await check('ready');
    await page.getByRole('button', { name: 'Delete a.pdf' }).click();
    gateway.refuse('DELETE', /documents/, 503, { title: 'It is away.' });
    await page.getByRole('button', { name: 'Delete a.pdf for good' }).click();
    await page.getByText('It is away.').waitFor();
    await check('a deletion that failed');
    await choose(page, file('a.pdf'));
    await row(page, 'a.pdf').getByText('already there').waitFor();
    const dragged = await drag(page, { files: [await disk.file('b.pdf')] });
    await page.getByText('Drop to add').waitFor();
    await check('a drag');
    await dragged.leave();
    await ask(page, 'What does a.pdf say?');
    await finished(page);
    await check('an answer with its page');
  }));
}

test('what happens to documents is read out', async () => {
  const { page } = await stage.open();
  const said = await listen(page);
  await choose(page, file('a.pdf'));
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  await choose(page, file('locked.pdf'), file('a.pdf'));
  await row(page, 'locked.pdf').getByText('The document is encrypted.').waitFor();
  await openPanel(page);
  await page.getByRole('button', { name: 'Delete a.pdf' }).click();
  await page.getByRole('button', { name: 'Delete a.pdf for good' }).click();
  await until(async () => (await said()).includes('a.pdf is deleted.'), 'the deletion is told');
  assert.deepEqual((await said()).toSorted(), [
    'Uploading 2 files.', 'Uploading a.pdf.', 'a.pdf is already there.', 'a.pdf is deleted.',
    'a.pdf is ready. PDF, 2 kB, 3 pages, 12 passages.',
    'locked.pdf was not added. The document is encrypted. Save it without a password and add it again.',
  ]);
});

test('the keyboard does everything, and the focus is never lost', async () => {
  const { page, gateway } = await stage.open();
  for (const name of ['a.pdf', 'b.pdf']) await added(page, name);
  await page.locator('#documents-button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'documents-title');
  const order = [];
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press('Tab');
    order.push(await focused(page));
  }
  assert.deepEqual(order, ['Close the documents', 'documents-add', 'Delete b.pdf', 'Delete a.pdf']);
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'Keep a.pdf');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Delete a.pdf', 'Escape takes back the question alone');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until(async () => await focused(page) === 'Delete b.pdf', 'the focus is on the neighbour');
  gateway.desk.hold = 'reading';
  await choose(page, file('c.pdf'));
  await row(page, 'c.pdf').getByText(/Reading/).waitFor();
  await page.getByRole('button', { name: 'Cancel c.pdf' }).press('Enter');
  await until(async () => await focused(page) === 'documents-add', 'the focus is at the top of the panel');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#documents').isVisible(), false);
  assert.equal(await focused(page), 'Documents, 1');
  await page.getByRole('button', { name: 'Dismiss the suggestion about b.pdf' }).press('Enter');
  assert.equal(await focused(page), 'message');
});

test('what is chosen by the button at the message box is added', async () => {
  const { page } = await stage.open();
  for (const [button, name] of [['#attach', 'a.pdf'], ['#documents-add', 'b.pdf']]) {
    if (button !== '#attach') await openPanel(page);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.press(button, 'Enter')]);
    assert.equal(chooser.isMultiple(), true);
    await chooser.setFiles(await placed(file(name)));
    await page.locator('#ready', { hasText: name }).waitFor();
  }
});

test('a suggestion waits in the message box while another answer is written', async () => {
  const { page } = await stage.open({}, 15);
  await added(page, 'a.pdf');
  await ask(page, 'long');
  await page.waitForSelector('.answer.live');
  await page.getByRole('button', { name: 'What is a.pdf about?' }).click();
  assert.equal(await page.inputValue('#message'), 'What is a.pdf about?');
  assert.equal(await focused(page), 'message');
  await finished(page);
});

for (const [width, height, what] of [[320, 568, 'a small phone'], [360, 740, 'a phone'], [640, 430, '200 % zoom']]) {
  test(`documents fit on ${what}`, async () => {
    const { page, gateway } = await stage.open({ viewport: { width, height } });
    const overflow = () => page.evaluate(() => {
      const wide = [...document.querySelectorAll('body *')].filter((node) =>
        node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('pre, .table, .visually-hidden'));
      return [document.documentElement.scrollWidth - innerWidth, wide.map((node) => node.className)];
    });
    const long = `${'a-rather-long-name-of-a-document-'.repeat(4)}2025.pdf`;
    gateway.desk.hold = 'indexing';
    await choose(page, file(long), file('program.exe'), file('b.pdf'), file('c.pdf'));
    await page.getByRole('button', { name: 'and 1 more' }).waitFor();
    assert.deepEqual(await overflow(), [0, []]);
    const seen = await page.locator('#conversation').evaluate((node) => node.clientHeight);
    assert.ok(seen > height / 8, `${seen} pixels of the conversation are left`);
    await openPanel(page);
    assert.ok(await page.evaluate(() => document.querySelector('#documents').matches(':modal')));
    assert.deepEqual(await overflow(), [0, []]);
    gateway.desk.hold = null;
    await kept(page, long).waitFor();
    await page.getByRole('button', { name: `Delete ${long}` }).click();
    assert.deepEqual(await overflow(), [0, []]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#documents').isVisible(), false);
    await page.locator('#ready:visible').waitFor();
    assert.deepEqual(await overflow(), [0, []]);
  });
}

test('the panel keeps its place when the window becomes narrow, and is a dialog there', async () => {
  const { page, gateway } = await stage.open();
  await added(page, 'a.pdf');
  await openPanel(page);
  await page.locator('#documents-add').focus();
  await page.setViewportSize({ width: 400, height: 700 });
  await page.waitForSelector('#documents:modal');
  assert.equal(await focused(page), 'documents-add');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.waitForSelector('#documents[open]:not(:modal)');
  await page.waitForSelector('.with-side');
  await page.keyboard.press('Escape');
  await until(() => page.evaluate(() => !document.documentElement.classList.contains('with-side')), 'it is closed');
  await load(page, gateway.url);
});
