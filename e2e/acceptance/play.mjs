import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { KINDS, started } from './targets.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const USAGE = `usage: acceptance/run [${Object.keys(KINDS).join('|')}|http://…[,http://…]]`;

/** Plays all scenarios against what these variables name; answers the exit code. */
async function play(variables) {
  const files = (await readdir(HERE)).filter((name) => name.endsWith('.test.mjs')).map((name) => HERE + name);
  const options = ['--test', `--test-concurrency=${process.env.E2E_CONCURRENCY ?? 3}`, ...files];
  const child = spawn(process.execPath, options, { stdio: 'inherit', env: { ...process.env, ...variables } });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const [, , kind] = process.argv;
if (/^https?:/.test(kind)) {
  process.exitCode = await play({ DAVELOPER_URL: kind });
} else if (kind in KINDS) {
  const target = await started(kind);
  try {
    process.exitCode = await play({
      DAVELOPER_URL: target.addresses.join(','), DAVELOPER_ADMIN_KEY: target.admin,
      DAVELOPER_MANAGEMENT_URL: target.management, DAVELOPER_HEARS_US: '1', DAVELOPER_LACKS_NOTHING: '1',
    });
  } finally {
    await target.stop();
  }
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
