import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { Target } from './documents-targets.mjs';
import { answerText, ask, finished, load } from './page-driver.mjs';
import { longText } from './sample-files.mjs';
import { pdf } from './sample-pdf.mjs';

const PAGES = 200;
const FACT_PAGE = 120;
const FACT = 'The harbour master of Ostrand keeps seven clocks.';
const QUESTION = 'How many clocks keeps the harbour master of Ostrand?';

/** Long enough for people, and for this, to see its ingestion. */
const LOGBOOK = {
  name: 'logbook.pdf',
  mimeType: 'application/pdf',
  buffer: pdf(Array.from({ length: PAGES }, (_, index) =>
    [...longText(`day ${index + 1}`, 30).split('\n\n'), ...(index + 1 === FACT_PAGE ? [FACT] : [])])),
};

for (const kind of Object.keys(Target.KINDS)) {
  describe(`the page with documents in ${kind}`, () => {
    let target;
    let browser;

    before(async () => {
      [target, browser] = await Promise.all([new Target(kind).open(), launch()]);
    });

    after(async () => {
      await browser?.close();
      await target.close();
    });

    test('a file is chosen, watched, listed, asked about, quoted and deleted', async () => {
      const { page, context, faults } = await openPage(browser);
      await load(page, target.gateway.address);
      await noteBars(page);
      await page.setInputFiles('#files', LOGBOOK);
      await page.locator('#ready', { hasText: LOGBOOK.name }).waitFor({ timeout: 60_000 });
      const bars = await page.evaluate(() => window.bars);
      assert.deepEqual(bars, [`${LOGBOOK.name}: upload`, `${LOGBOOK.name}: ingestion`]);

      await ask(page, QUESTION);
      await finished(page);
      assert.match(await answerText(page), /seven clocks/);
      await page.locator('.source', { hasText: LOGBOOK.name }).first().click();
      const title = await page.locator('#passage-title').textContent();
      assert.ok(title.startsWith(LOGBOOK.name));
      assert.match(await page.locator('#passage-quote').textContent(), /seven clocks/);
      const place = `${title} ${await page.locator('#passage-place').textContent()}`;
      assert.match(place, new RegExp(`\\bpage ${FACT_PAGE}\\b`, 'i'));
      await page.keyboard.press('Escape');

      await page.locator('#documents-button').click();
      const row = page.locator('#documents-list .doc-row', { hasText: LOGBOOK.name });
      await row.waitFor();
      const facts = await row.locator('.doc-facts').textContent();
      assert.match(facts, new RegExp(`^PDF · .*\\b${PAGES}\\spages · \\d+\\spassages`));
      await row.getByRole('button', { name: `Delete ${LOGBOOK.name}`, exact: true }).click();
      await row.getByRole('button', { name: `Delete ${LOGBOOK.name} for good` }).click();
      await row.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');

      await ask(page, QUESTION);
      await finished(page, 2);
      assert.doesNotMatch(await answerText(page), /seven clocks/);
      assert.deepEqual(faults, []);
      await context.close();
    });
  });
}

/** Notes the labels of the bars that the page shows from now on, each once, in `window.bars`. */
function noteBars(page) {
  return page.evaluate(() => {
    window.bars = [];
    new MutationObserver(() => {
      for (const bar of document.querySelectorAll('#work-list progress')) {
        const label = bar.getAttribute('aria-label');
        if (!window.bars.includes(label)) window.bars.push(label);
      }
    }).observe(document.querySelector('#work-list'), { childList: true, subtree: true });
  });
}
