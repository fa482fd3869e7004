import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'page-files-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/** A file of this size whose bytes differ from those of any other name. */
export function file(name, bytes = 2_000) {
  return { name, bytes };
}

/** Puts a file on the disk, unless it lies there: a browser that is reading it must not find it changed. */
export async function placed({ name, bytes }) {
  const place = join(folder, name);
  if ((await stat(place).catch(() => null))?.size === bytes) return place;
  await writeFile(place, name);
  await truncate(place, bytes);
  return place;
}

/** Chooses files by their places: what is in them goes by no other way than a person's. */
export async function choose(page, ...files) {
  await page.setInputFiles('#files', await Promise.all(files.map(placed)));
}

/** The row of a file near the message box or, when that is open, in the panel. */
export function row(page, name) {
  return page.locator('.work-row:visible').filter({ hasText: name });
}

/** The document in the panel's list. */
export function kept(page, name) {
  return page.locator('.doc-row').filter({ hasText: name });
}

export async function openPanel(page) {
  await page.click('#documents-button');
  await page.waitForSelector('#documents[open]');
}

/** Adds a document and waits until it can be asked about. */
export async function added(page, name) {
  await choose(page, file(name));
  await page.locator('#ready', { hasText: name }).waitFor();
}

/** What the page reads out, from now on. */
export async function listen(page) {
  await page.evaluate(() => {
    window.said = [];
    const region = document.querySelector('#announcer');
    new MutationObserver(() => window.said.push(region.textContent))
      .observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.said);
}

/** Work with files and folders on a disk, as a desktop has them. */
export async function withDisk(work) {
  const home = await mkdtemp(join(tmpdir(), 'documents-'));
  try {
    await work({
      async file(name) {
        await writeFile(join(home, name), name.padEnd(file(name).bytes));
        return join(home, name);
      },
      remove: (name) => rm(join(home, name)),
      async folder(name) {
        await mkdir(join(home, name));
        return join(home, name);
      },
    });
  } finally {
    await rm(home, { recursive: true });
  }
}

/** Drags as a person does, by the browser's own input: `files` are paths, `items` are {mimeType, data}. */
export async function drag(page, { files = [], items = [], x = 600, y = 300 }) {
  const session = await page.context().newCDPSession(page);
  const data = { files, items, dragOperationsMask: 1 };
  const send = (type) => session.send('Input.dispatchDragEvent', { type, x, y, data });
  await send('dragEnter');
  await send('dragOver');
  return { over: () => send('dragOver'), drop: () => send('drop'), leave: () => send('dragCancel') };
}
