import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, choose, drag, file, kept, openPanel, row, withDisk } from './documents-driver.mjs';
import { ask, finished, load, messages, until, withPage } from './page-driver.mjs';

const stage = withPage();

test('a PDF that is dropped is uploaded, ingested, listed, and asked about', () => withDisk(async (disk) => {
  const { page, gateway } = await stage.open();
  gateway.desk.chunkPause = 5;
  gateway.desk.hold = 'splitting';
  const dragged = await drag(page, { files: [await disk.file('harvest.pdf')] });
  await page.getByText('Drop to add').waitFor();
  await dragged.drop();
  assert.equal(await page.locator('#drop').isVisible(), false);
  await row(page, 'harvest.pdf').getByText('Splitting · 45 %').waitFor();
  const bar = page.getByRole('progressbar', { name: 'harvest.pdf: ingestion' });
  assert.equal(await bar.getAttribute('value'), '0.45');
  assert.equal(await page.locator('#documents-button').getAttribute('aria-label'), 'Documents, 1 under way');
  gateway.desk.hold = null;
  await page.getByRole('button', { name: 'What is harvest.pdf about?' }).click();
  await finished(page);
  assert.deepEqual(await messages(page), ['Q What is harvest.pdf about?', 'A']);
  assert.equal(await page.locator('#ready').isVisible(), false);
  assert.equal(await page.locator('#documents-button').getAttribute('aria-label'), 'Documents, 1');
  await openPanel(page);
  assert.equal((await kept(page, 'harvest.pdf').innerText()).replaceAll('\u00a0', ' '),
    'harvest.pdf\n\nPDF · 2 kB · 3 pages · 12 passages');
}));

test('an answer that quotes a document shows its name and page, and no link that leads nowhere', async () => {
  const { page } = await stage.open();
  await added(page, 'harvest.pdf');
  await ask(page, 'What does harvest.pdf say?');
  await finished(page);
  assert.equal(await page.locator('.cite').getAttribute('aria-label'), 'Source 1: harvest.pdf, Page 2');
  assert.match(await page.locator('.source').innerText(), /^1\s+harvest.pdf\s+Page 2\s+In the second year/);
  await page.locator('.cite').click();
  assert.equal(await page.locator('#passage-title').textContent(), 'harvest.pdf');
  assert.equal(await page.locator('#passage-place').textContent(), 'Page 2');
  assert.equal(await page.locator('#passage-link').isVisible(), false);
  await openPanel(page);
  assert.equal(await page.locator('#passage').isVisible(), false, 'one panel at a time');
});

test('an upload shows how far it is, and can be cancelled', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.chunkPause = 30;
  await choose(page, file('large.pdf', 24_000_000));
  const bar = page.getByRole('progressbar', { name: 'large.pdf: upload' });
  await until(async () => Number(await bar.getAttribute('value')) > 0.05, 'the bar moves');
  assert.match(await row(page, 'large.pdf').innerText(), /Uploading · [\d.]+\sMB of 24\sMB/);
  await page.getByRole('button', { name: 'Cancel large.pdf' }).click();
  await until(() => gateway.desk.abandoned === 1, 'the gateway is left alone');
  await until(async () => await row(page, 'large.pdf').count() === 0, 'the row is gone');
  assert.deepEqual(gateway.desk.arrived, []);
});

test('several files are sent one after the other, and each has its own end', async () => {
  const { page, gateway } = await stage.open();
  await choose(page, file('a.pdf'), file('locked.pdf'), file('program.exe'), file('b.md'));
  await row(page, 'program.exe').getByText('Files named .exe are not taken.').waitFor();
  await row(page, 'locked.pdf').getByText('Save it without a password').waitFor();
  await page.locator('#ready', { hasText: 'b.md' }).waitFor();
  await choose(page, file('a.pdf'));
  await row(page, 'a.pdf').getByText('It is already there.').waitFor();
  assert.deepEqual(gateway.desk.arrived, ['a.pdf', 'locked.pdf', 'program.exe', 'b.md', 'a.pdf']);
  await openPanel(page);
  assert.deepEqual(await page.locator('.doc-name').allInnerTexts(), ['b.md', 'a.pdf']);
  for (const name of ['a.pdf', 'locked.pdf', 'program.exe']) {
    await page.getByRole('button', { name: `Dismiss ${name}` }).click();
  }
  await until(async () => await page.locator('.work-row').count() === 0, 'all are dismissed');
});

test('many at once are counted, and the panel shows them all', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.hold = 'queued';
  await choose(page, ...Array.from({ length: 6 }, (_, index) => file(`part-${index}.md`)));
  await page.getByRole('button', { name: 'and 3 more' }).click();
  await until(async () => await page.locator('#documents .work-row').count() === 6, 'all are in the panel');
  await until(async () => !await page.locator('#work').isVisible(), 'they are no longer near the message box');
  gateway.desk.hold = null;
  await until(async () => await page.locator('.doc-row').count() === 6, 'all are kept');
});

test('an ingestion can be cancelled', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.hold = 'queued';
  await choose(page, file('a.pdf'));
  await row(page, 'a.pdf').getByText('Waiting').waitFor();
  await page.getByRole('button', { name: 'Cancel a.pdf' }).click();
  await until(async () => await row(page, 'a.pdf').count() === 0, 'the row is gone');
  assert.equal([...gateway.sessions.values()][0].shelf.jobs[0].state, 'cancelled');
});

test('reloading in mid-ingestion goes on with it, and loses nothing', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.hold = 'reading';
  await choose(page, file('a.pdf'), file('damaged.pdf'));
  await until(() => gateway.desk.arrived.length === 2, 'both have arrived');
  await load(page, gateway.url);
  await row(page, 'a.pdf').getByText(/Reading/).waitFor();
  gateway.desk.hold = null;
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  await row(page, 'damaged.pdf').getByText('The document is damaged.').waitFor();
  await load(page, gateway.url);
  await openPanel(page);
  await row(page, 'damaged.pdf').getByText('The document is damaged.').waitFor();
  await page.getByRole('button', { name: 'Dismiss damaged.pdf' }).click();
  await load(page, gateway.url);
  await openPanel(page);
  await kept(page, 'a.pdf').waitFor();
  assert.equal(await page.locator('.work-row').count(), 0, 'what was dismissed stays dismissed');
});

test('a stream that breaks is followed again, and what it missed is read', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.hold = 'reading';
  await choose(page, file('a.pdf'));
  await row(page, 'a.pdf').getByText(/Reading/).waitFor();
  for (let times = 0; times < 3; times += 1) gateway.refuse('GET', /current.events$/, 0);
  gateway.dropConnections();
  gateway.desk.hold = null;
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  assert.equal(await page.locator('#banner').isVisible(), false);
});

test('a document is deleted after a confirmation in its row', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.share('house-rules.md');
  for (const name of ['a.pdf', 'b.pdf']) await added(page, name);
  await openPanel(page);
  await page.getByRole('button', { name: 'Delete a.pdf' }).click();
  await page.getByRole('button', { name: 'Keep a.pdf' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Delete a.pdf');
  gateway.refuse('DELETE', /documents/, 503, { code: 'documents_unavailable', title: 'It is away.' });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete a.pdf for good' }).click();
  await page.getByText('That did not work. It is away.').waitFor();
  await page.getByRole('button', { name: 'Delete a.pdf for good' }).click();
  await until(async () => await kept(page, 'a.pdf').count() === 0, 'it is gone');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Delete b.pdf');
  assert.deepEqual(await page.locator('.doc-name').allInnerTexts(), ['b.pdf', 'house-rules.md']);
  assert.match(await kept(page, 'house-rules.md').innerText(), /Shared/);
  const buttons = kept(page, 'house-rules.md').locator('button:visible');
  assert.equal(await buttons.count(), 0, 'nobody deletes what is shared');
  await choose(page, file('a.pdf'));
  await kept(page, 'a.pdf').waitFor();
});

test('tabs stay in step', async () => {
  const { page, gateway, context } = await stage.open();
  const other = await context.newPage();
  await load(other, gateway.url);
  gateway.desk.hold = 'indexing';
  await choose(page, file('a.pdf'));
  await row(other, 'a.pdf').getByText(/Indexing/).waitFor();
  gateway.desk.hold = null;
  await other.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  await openPanel(other);
  await openPanel(page);
  await page.getByRole('button', { name: 'Delete a.pdf' }).click();
  await page.getByRole('button', { name: 'Delete a.pdf for good' }).click();
  await until(async () => await kept(other, 'a.pdf').count() === 0, 'it is gone in the other tab too');
});

test('a tab that is hidden holds no stream, and is up to date when it is shown', async () => {
  const { page, gateway } = await stage.open();
  await added(page, 'a.pdf');
  const show = (state) => page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    Object.defineProperty(document, 'hidden', { value: visibility === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  const { shelf } = [...gateway.sessions.values()][0];
  assert.equal(shelf.viewers.size, 1);
  await show('hidden');
  await until(() => shelf.viewers.size === 0, 'the stream is left');
  shelf.documents.length = 0;
  await show('visible');
  await until(() => shelf.viewers.size === 1, 'the stream is followed again');
  await until(async () => await page.locator('#documents-count').isVisible() === false, 'the list was read again');
});
