import { chromium } from 'playwright-core';

/** Starts the system's Chromium. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Answers of the gateway that a test provokes; the browser logs them as errors, the page handles them. */
const EXPECTED =
  /Failed to load resource: (the server responded with a status of (400|401|403|404|409|410|413|415|429|503)|net::)/;

/** A page that notes what must not happen: errors on its console, exceptions, violations of the policy. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) faults.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      console.error(`policy: ${violatedDirective}`);
    });
  });
  return { page, context, faults };
}
