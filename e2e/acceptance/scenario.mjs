import { after, before, test } from 'node:test';
import { Gateway } from './gateway.mjs';
import { started } from './targets.mjs';

/** Milliseconds for one scenario, on a machine that may be slow. */
const PATIENCE = 120_000;

let target;

/** The gateway that DAVELOPER_URL names, several by commas; without it an embedded one of this test's own. */
async function gateway() {
  const { DAVELOPER_URL: url, DAVELOPER_ADMIN_KEY: admin, DAVELOPER_MANAGEMENT_URL: management } = process.env;
  if (!url) {
    target = await started('embedded');
    return new Gateway(target);
  }
  const addresses = url.split(',').map((each) => each.replace(/\/$/, ''));
  return new Gateway({ addresses, admin, management, hearsUs: process.env.DAVELOPER_HEARS_US === '1' });
}

let current;

before(async () => {
  current = await gateway();
});

after(() => target?.stop());

/**
 * Something that people do with a gateway, and what they then see.
 *
 * @param points the acceptance points that it proves, as `A003-04` or `A003-04 A003-05`
 * @param work what is done with the Gateway
 * @param needs what the target must have beyond its URL: `admin`, `management`, `webhooks`
 */
export function scenario(points, name, work, ...needs) {
  test(`${points}: ${name}`, { timeout: PATIENCE }, async (context) => {
    const lacking = needs.filter((need) => !current.has(need));
    if (lacking.length === 0) return work(current).finally(() => current.closeSockets());
    const words = `this target has no ${lacking.join(', ')}`;
    if (target || process.env.DAVELOPER_LACKS_NOTHING) throw new Error(words);
    return context.skip(words);
  });
}
