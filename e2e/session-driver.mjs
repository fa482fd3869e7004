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
