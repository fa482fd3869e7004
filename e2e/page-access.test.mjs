import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_RULES } from './access-rules.mjs';
import { ask, finished, load, withPage } from './page-driver.mjs';

const stage = withPage();

for (const colorScheme of ['light', 'dark']) {
  test(`everything has a name and enough contrast (${colorScheme})`, async () => {
    const { page, gateway } = await stage.open({ colorScheme, reducedMotion: 'reduce' });
    const check = async (state) => {
      for (const rule of ACCESS_RULES) assert.deepEqual(await page.evaluate(rule), [], state);
    };
    await check('empty');
    await ask(page, 'agents?');
    await finished(page);
    await page.locator('summary').first().click();
    await page.locator('summary').last().click();
    await check('answer');
    await page.locator('.cite').first().click();
    await check('passage');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Menu' }).click();
    await check('menu');
    await page.getByRole('button', { name: 'Clear history…' }).click();
    await check('dialog');
    await page.getByRole('button', { name: 'Keep' }).click();
    await ask(page, 'failed');
    await finished(page, 2);
    await page.fill('#message', 'x'.repeat(32_001));
    await check('failure, and a message that is too long');
    await page.fill('#message', '');
    gateway.refuse('POST', /chat$/, 503, { code: 'agent_unavailable' });
    await ask(page, 'hello');
    await page.locator('.notice:visible').waitFor();
    await check('refusal');
    await page.goto(`${gateway.url}/library/guides/agents#p=0-400`);
    await page.waitForSelector('.quoted');
    await check('reader');
  });
}

test('the rules of access can fail', async () => {
  const { page } = await stage.open();
  await page.evaluate(() => {
    const bad = document.createElement('button');
    bad.id = 'menu';
    bad.setAttribute('aria-describedby', 'nowhere');
    const faint = document.createElement('p');
    faint.className = 'status-dot';
    faint.textContent = 'faint';
    faint.style.cssText = 'width: auto; color: #aaa; background: #fff';
    const reachable = document.createElement('div');
    reachable.setAttribute('aria-hidden', 'true');
    reachable.append(document.createElement('input'));
    reachable.firstChild.setAttribute('aria-label', 'reachable');
    const bar = document.createElement('progress');
    document.querySelector('#messages').append(bad, faint, reachable, bar);
  });
  const found = [];
  for (const rule of ACCESS_RULES) found.push(...await page.evaluate(rule));
  assert.deepEqual(found.map((fault) => fault.split(/[:\s]/)[0]), 
    ['no', 'no', 'doubled', 'aria-describedby', 'hidden', 'small', 'contrast']);
});

test('the keyboard reaches everything in the order in which it is seen', async () => {
  const { page } = await stage.open();
  await page.locator('.skip').focus();
  const seen = [];
  for (let presses = 0; presses < 9; presses += 1) {
    seen.push(await page.evaluate(() => {
      const { activeElement: node } = document;
      const ring = getComputedStyle(node).outlineStyle !== 'none' || node.id === 'message';
      const name = node.getAttribute('aria-label') ?? (node.id || node.className || node.textContent);
      return `${name} ${ring}`.replace(/\s+/g, ' ');
    }));
    await page.keyboard.press('Tab');
  }
  const places = /skip|Daveloper|Documents|Menu|agent\?|Redis|stream|Add files|message/;
  assert.deepEqual(seen.map((name) => places.exec(name)?.[0]),
    ['skip', 'Daveloper', 'Documents', 'Menu', 'agent?', 'Redis', 'stream', 'Add files', 'message']);
  assert.ok(seen.every((name) => name.endsWith('true')), 'focus is always visible');
});

test('the skip link leads to the message box', async () => {
  const { page } = await stage.open();
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'message');
});

test('states and the finished answer are read out, single words are not', async () => {
  const { page } = await stage.open();
  await page.evaluate(() => {
    window.said = [];
    const region = document.querySelector('#announcer');
    new MutationObserver(() => window.said.push(region.textContent))
      .observe(region, { childList: true, characterData: true, subtree: true });
  });
  await ask(page, 'agents?');
  await finished(page);
  const said = await page.evaluate(() => window.said);
  assert.equal(said.length, 2, JSON.stringify(said));
  assert.match(said[0], /^Message sent/);
  assert.match(said[1], /^Answer finished. You connect an agent/);
  assert.equal(await page.locator('#messages').getAttribute('aria-live'), 'off');
});

test('Escape closes what is on top first: dialog, menu, passage; then it stops the answer', async () => {
  const { page } = await stage.open({}, 10);
  await ask(page, 'agents?');
  await finished(page);
  await ask(page, 'endless');
  /** Waits until the dialog and the passage are open or closed as told: both open and close in steps of the page. */
  const open = (...wanted) => page.waitForFunction((states) => ['session-dialog', 'passage'].every((id, index) =>
    document.getElementById(id).open === states[index]), wanted);
  await page.locator('.cite').first().click();
  await open(false, true);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  await open(true, true);
  await page.keyboard.press('Escape');
  await open(false, true);
  await page.waitForFunction(() => document.activeElement.id === 'menu-button');
  await page.keyboard.press('Enter');
  await page.locator('#menu').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#menu').waitFor({ state: 'hidden' });
  await open(false, true);
  await page.keyboard.press('Escape');
  await open(false, false);
  assert.equal(await page.locator('#composer').getAttribute('data-state'), 'busy');
  await page.keyboard.press('Escape');
  await finished(page, 2);
});

for (const [width, height] of [[320, 568], [360, 740]]) {
  test(`at ${width} pixels nothing is cut off, and a passage opens over the page`, async () => {
    const { page, gateway } = await stage.open({ viewport: { width, height }, hasTouch: true, isMobile: true });
    const overflow = () => page.evaluate(() => {
      const wide = [...document.querySelectorAll('body *')].filter((node) =>
        node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('pre, .table, .visually-hidden'));
      return [document.documentElement.scrollWidth - innerWidth, wide.map((node) => node.className)];
    });
    assert.deepEqual(await overflow(), [0, []]);
    await ask(page, 'agents?');
    await finished(page);
    assert.deepEqual(await overflow(), [0, []]);
    await page.locator('.source').first().tap();
    assert.ok(await page.evaluate(() => document.querySelector('#passage').matches(':modal')));
    const small = await page.locator('button:visible, a.button:visible').evaluateAll((nodes) => nodes
      .filter((node) => !node.matches('.cite') && node.getBoundingClientRect().height < 24).map((node) => node.id));
    assert.deepEqual(small, [], 'large enough to touch');
    await page.keyboard.press('Escape');
    await page.goto(`${gateway.url}/library/guides/agents`);
    await page.waitForSelector('.document h1');
    assert.deepEqual(await overflow(), [0, []]);
  });
}

test('the page works in forced colours', async () => {
  const { page, gateway } = await stage.open({ forcedColors: 'active' });
  await ask(page, 'agents?');
  await finished(page);
  const border = await page.locator('.cite').first().evaluate((node) => getComputedStyle(node).borderTopStyle);
  assert.notEqual(border, 'none');
  await load(page, gateway.url);
});
