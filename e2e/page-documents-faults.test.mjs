import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, choose, drag, file, kept, openPanel, row, withDisk } from './documents-driver.mjs';
import { ask, finished, load, messages, until, withPage } from './page-driver.mjs';

const stage = withPage();

for (const [name, words, again] of [
  ['full.pdf', /There is no room for the document. A session may keep 100 documents/, true],
  ['busy.pdf', /Too many documents are waiting.*Try again in 5 seconds/, true],
  ['fake.pdf', /The document is not what it is said to be/, false],
  ['program.exe', /This kind of document is not taken/, false],
]) {
  test(`an upload that is refused says why (${name})`, async () => {
    const { page } = await stage.open();
    await choose(page, file(name));
    await row(page, name).getByText(words).waitFor();
    assert.equal(await row(page, name).getByRole('button', { name: 'Try again' }).count(), again ? 1 : 0);
    await page.getByRole('button', { name: `Dismiss ${name}` }).click();
    await until(async () => await page.locator('#work').isVisible() === false, 'nothing is left of it');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'message');
  });
}

test('a document that is too large is refused before it has come whole', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.maxBytes = 1_000_000;
  gateway.desk.chunkPause = 5;
  await choose(page, file('huge.pdf', 4_000_000));
  await row(page, 'huge.pdf').getByText(/The document is too large|The connection broke/).waitFor();
  assert.deepEqual(gateway.desk.arrived, []);
});

test('a network that is cut in mid-upload is told, and the file can be sent again', async () => {
  const { page, gateway } = await stage.open();
  await ask(page, 'limited');
  await finished(page);
  gateway.desk.chunkPause = 30;
  await choose(page, file('large.pdf', 24_000_000));
  const bar = page.getByRole('progressbar', { name: 'large.pdf: upload' });
  await until(async () => Number(await bar.getAttribute('value').catch(() => 0)) > 0.05, 'it is on its way');
  await until(() => {
    // A browser sends what broke on an older connection once more by itself.
    gateway.dropConnections();
    return row(page, 'large.pdf').getByText('The connection broke.').isVisible();
  }, 'it is told');
  gateway.desk.chunkPause = 0;
  await page.getByRole('button', { name: 'Try again: large.pdf' }).click();
  await page.locator('#ready', { hasText: 'large.pdf' }).waitFor();
  assert.deepEqual(gateway.desk.arrived, ['large.pdf']);
});

test('a newcomer gets one session for all that is done at first', async () => {
  const { page, gateway } = await stage.open();
  await choose(page, file('a.pdf'), file('b.pdf'));
  await ask(page, 'limited');
  await page.locator('#ready', { hasText: 'b.pdf' }).waitFor();
  await finished(page);
  assert.equal(gateway.sessions.size, 1);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  await page.getByText('until you delete them or the session ends').waitFor();
});

test('a gateway that asks for patience gets it for the next file', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /ingest$/, 503, { code: 'documents_busy', title: 'Too many wait' }, { 'Retry-After': '1' });
  await choose(page, file('a.pdf'), file('b.pdf'));
  await row(page, 'a.pdf').getByText('Too many wait. Try again in a second.').waitFor();
  const refused = Date.now();
  await page.locator('#ready', { hasText: 'b.pdf' }).waitFor();
  assert.ok(Date.now() - refused > 700, 'not at once');
  assert.deepEqual(gateway.desk.arrived, ['b.pdf']);
});

test('a session that is over is replaced by the upload, and followed', async () => {
  const { page, gateway } = await stage.open();
  await added(page, 'a.pdf');
  gateway.sessions.clear();
  gateway.dropConnections();
  await choose(page, file('b.pdf'), file('c.pdf'));
  await openPanel(page);
  for (const name of ['b.pdf', 'c.pdf']) await kept(page, name).waitFor();
  assert.equal(await kept(page, 'a.pdf').count(), 0);
});

test('leaving the page while a file is on its way is asked about', async () => {
  const { page, gateway } = await stage.open();
  gateway.desk.chunkPause = 30;
  await choose(page, file('large.pdf', 24_000_000));
  await row(page, 'large.pdf').getByText(/Uploading/).waitFor();
  await page.locator('#message').click();
  const asked = page.waitForEvent('dialog');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.accept();
  // Otherwise the next test could be given a page that is about to close.
  await closed;
});

test('a session that cannot be opened is told at the file', async () => {
  const { page, gateway } = await stage.open();
  gateway.refuse('POST', /sessions$/, 503, { code: 'draining', title: 'The gateway is about to stop' });
  await choose(page, file('a.pdf'));
  await row(page, 'a.pdf').getByText('The gateway is about to stop.').waitFor();
  await page.getByRole('button', { name: 'Try again: a.pdf' }).click();
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
});

test('forgetting takes the documents too, in every tab, and leaves what is on its way', async () => {
  const { page, gateway, context } = await stage.open();
  await added(page, 'a.pdf');
  const other = await context.newPage();
  await load(other, gateway.url);
  await until(() => other.locator('#documents-count').isVisible(), 'the other tab shows it');
  await page.bringToFront();
  gateway.desk.chunkPause = 30;
  await choose(page, file('large.pdf', 24_000_000), file('waiting.pdf'));
  await row(page, 'large.pdf').getByText(/Uploading/).waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  await page.getByRole('button', { name: 'Forget me…' }).click();
  await page.getByRole('button', { name: 'Forget me', exact: true }).click();
  await until(() => gateway.desk.abandoned === 1, 'the upload is left');
  for (const tab of [page, other]) {
    await until(async () => await tab.locator('#documents-count').isVisible() === false, 'nothing is listed');
  }
  assert.equal(await page.locator('#work').isVisible(), false);
  gateway.desk.chunkPause = 0;
  await added(page, 'b.pdf');
  assert.equal(gateway.sessions.size, 1);
});

test('clearing the history leaves the documents', async () => {
  const { page } = await stage.open();
  await added(page, 'a.pdf');
  await ask(page, 'limited');
  await finished(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Clear history…' }).click();
  await page.getByText('Your documents stay.').waitFor();
  await page.getByRole('button', { name: 'Clear history', exact: true }).click();
  await until(async () => (await messages(page)).length === 0, 'the history is gone');
  await openPanel(page);
  await kept(page, 'a.pdf').waitFor();
});

test('a list that cannot be read says so and is read again', async () => {
  const { page, gateway } = await stage.open();
  await added(page, 'a.pdf');
  const away = { code: 'documents_unavailable' };
  for (let times = 0; times < 2; times += 1) gateway.refuse('GET', /^.documents/, 503, away);
  gateway.refuse('GET', /current.events$/, 503);
  await load(page, gateway.url);
  await openPanel(page);
  await page.getByText('The documents could not be read.').waitFor();
  await page.locator('#documents-failure summary').click();
  assert.match(await page.locator('#documents-failure dl').innerText(), /documents_unavailable\s+Request\s+req_/);
  gateway.refusals.length = 0;
  await page.locator('#documents-again').click();
  await kept(page, 'a.pdf').waitFor();
  assert.equal(await page.locator('#documents-failure').isVisible(), false);
});

test('a long list is shown a page at a time', async () => {
  const { page, gateway } = await stage.open();
  for (let count = 0; count < 60; count += 1) gateway.desk.share(`shared-${count}.md`);
  await added(page, 'a.pdf');
  await load(page, gateway.url);
  await openPanel(page);
  await until(async () => await page.locator('.doc-row').count() === 50, 'one page');
  assert.equal(await page.locator('#documents-count').textContent(), '50+');
  await page.getByRole('button', { name: 'Show more' }).click();
  await until(async () => await page.locator('.doc-row').count() === 61, 'the rest');
  assert.equal(await page.locator('#documents-more').isVisible(), false);
});

test('a folder is answered kindly, and files beside it are taken', () => withDisk(async (disk) => {
  const { page, gateway } = await stage.open();
  const folder = await disk.folder('reports');
  await (await drag(page, { files: [folder] })).drop();
  await row(page, 'A folder cannot be added. Open it, and drop the files in it.').waitFor();
  await (await drag(page, { files: [folder, await disk.file('a.pdf')] })).drop();
  await row(page, 'Folders were left out.').waitFor();
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  assert.deepEqual(gateway.desk.arrived, ['a.pdf']);
}));

test('a file that is gone by the time it is sent is told', () => withDisk(async (disk) => {
  const { page, gateway } = await stage.open();
  gateway.desk.chunkPause = 30;
  await choose(page, file('large.pdf', 8_000_000));
  const place = await disk.file('gone.pdf');
  await (await drag(page, { files: [place] })).drop();
  await disk.remove('gone.pdf');
  await row(page, 'gone.pdf').getByText('The file cannot be read.').waitFor();
}));

test('text that is dropped goes into the message box, and elsewhere it is answered kindly', async () => {
  const { page } = await stage.open();
  const items = [{ mimeType: 'text/plain', data: 'a dropped word' }];
  const box = await page.locator('#message').boundingBox();
  const inside = await drag(page, { items, x: box.x + 40, y: box.y + 20 });
  assert.equal(await page.locator('#drop').isVisible(), false);
  await inside.drop();
  await until(async () => await page.inputValue('#message') === 'a dropped word', 'the text is in the box');
  assert.equal(await page.locator('.work-row').count(), 0);
  await (await drag(page, { items })).drop();
  await row(page, 'That is not a file.').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await until(async () => await page.locator('.work-row').count() === 0, 'it is gone');
});

test('a drag that leaves takes its overlay along, and is taken above a dialog too', () => withDisk(async (disk) => {
  const { page } = await stage.open();
  const files = [await disk.file('a.pdf')];
  const dragged = await drag(page, { files });
  await page.getByText('Drop to add').waitFor();
  await dragged.leave();
  await until(async () => await page.locator('#drop').isVisible() === false, 'the overlay is gone');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  const again = await drag(page, { files, x: 40, y: 40 });
  await page.getByText('Drop to add').waitFor();
  await again.drop();
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
}));

test('a file is pasted, and text that is pasted stays text', async () => {
  const { page, gateway } = await stage.open();
  const paste = (files, texts) => page.evaluate(([names, types]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File([`content of ${name}`], name));
    for (const type of types) data.setData(type, 'words');
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector('#message').dispatchEvent(event);
    return event.defaultPrevented;
  }, [files, texts]);
  assert.equal(await paste(['a.pdf'], []), true);
  await page.locator('#ready', { hasText: 'a.pdf' }).waitFor();
  assert.equal(await paste([], ['text/plain']), false);
  assert.equal(await paste(['cells.png'], ['text/plain', 'text/html']), false);
  assert.deepEqual(gateway.desk.arrived, ['a.pdf']);
});
