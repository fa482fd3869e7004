import { until } from './page-driver.mjs';

/** The name of the element that has the focus. */
export function focused(page) {
  return page.evaluate(() => document.activeElement.id);
}

/** Opens "Your session" by the menu, and waits until it shows what the gateway tells. */
export async function openSession(page) {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Your session…' }).click();
  await page.waitForSelector('#session-dialog[open] #tools li');
}

/** Everything goes, after the confirmation. */
export async function forget(page) {
  await page.getByRole('button', { name: 'Forget me…' }).click();
  await page.getByRole('button', { name: 'Forget me', exact: true }).click();
  await page.waitForSelector('#session-dialog:not([open])', { state: 'attached' });
}

/** Waits until the page says that the session has ended. */
export async function sessionEnded(page) {
  await page.getByRole('heading', { name: 'This session has ended' }).waitFor();
}

/** Gives what waits until the page reads nothing but its streams, for as long as it takes to draw a few times. */
export function readsOf(page) {
  const underWay = new Set();
  const isStream = (request) => new URL(request.url()).pathname.endsWith('/events');
  page.on('request', (request) => isStream(request) || underWay.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => underWay.delete(request));
  return async () => {
    for (let drawn = 0; drawn < 3; drawn++) {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
      await until(() => underWay.size === 0, 'nothing is read');
    }
  };
}
