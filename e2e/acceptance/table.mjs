import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import yaml from 'js-yaml';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
export const PAGE = join(ROOT, 'docs/reference/acceptance.md');
const MODULES = [
  'domain', 'application', 'stored', 'adapters-embedded', 'adapters-grpc', 'adapters-http', 'adapters-redis',
  'bootstrap', 'examples/embedding'];
const SCENARIO = /^ *scenario\(('[\w -]+'),\s*(['`])((?:\\.|(?!\2)[^\\])*)\2/gm;

/** The points as they are written down: tasks in order, each with its points in order. */
export async function readPoints() {
  return pointsIn(await readFile(join(HERE, 'points.yaml'), 'utf8'));
}

export function pointsIn(text) {
  return yaml.load(text).map(({ task, title, points }) => ({
    task,
    title,
    points: Object.entries(points).map(([id, { say, by = [], ...more }]) => {
      const wrong = !say || Object.keys(more).length > 0 || id.slice(0, 4) !== `A${task.slice(-3)}`;
      if (wrong) throw new Error(`${id} is not written as points are`);
      return { id, say, by };
    }),
  }));
}

/** The scenarios of this folder, as {file, ids, name}. */
export async function readScenarios() {
  const files = (await readdir(HERE)).filter((name) => name.endsWith('.test.mjs')).sort();
  const all = await Promise.all(files.map(async (file) => scenariosIn(file, await readFile(join(HERE, file), 'utf8'))));
  return all.flat();
}

export function scenariosIn(file, text) {
  const found = [...text.matchAll(SCENARIO)].map(([, ids, , name]) => (
    { file, ids: ids.slice(1, -1).split(' '), name: name.replaceAll('\\', '') }));
  const calls = text.match(/\bscenario\(/g)?.length ?? 0;
  if (found.length !== calls) throw new Error(`${file} calls scenario ${calls} times, and ${found.length} can be read`);
  return found;
}

/** Where the tests of the house are, to find those that points name. */
export async function readTests() {
  const java = new Map();
  for (const module of MODULES) {
    const folder = join(ROOT, module, 'src/test/java');
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.java')) continue;
      const path = join(folder, name);
      java.set(basename(name, '.java'), [...java.get(basename(name, '.java')) ?? [], path]);
    }
  }
  return { java };
}

/** Why this is no proof; null when it is one. */
export async function missing(by, tests) {
  const [, kind, rest] = /^(java|node|script) (.+)$/.exec(by) ?? [];
  if (kind === 'java') return missingInJava(rest, tests);
  if (kind === 'node') return missingInNode(rest);
  if (kind !== 'script') return `${by} is neither java, node nor script`;
  const mode = await stat(join(ROOT, rest)).then((found) => found.mode, () => 0);
  return mode & 0o100 ? null : `${rest} is no script that can be run`;
}

async function missingInJava(name, tests) {
  const [type, method] = name.split('#');
  for (const path of tests.java.get(type) ?? []) {
    const text = await readFile(path, 'utf8');
    const methods = text.split(/@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\b/).slice(1);
    const its = method ? methods.some((each) => new RegExp(`^[^{]*?\\bvoid ${method}\\(`).test(each)) : true;
    if (its && methods.length > 0) return null;
    // Who extends a test has its tests.
    const [, parent] = /\bclass \w+(?:<[^{]*>)? extends (\w+)/.exec(text) ?? [];
    if (!method && parent && await missingInJava(parent, tests) === null) return null;
  }
  return `there is no test ${name}`;
}

async function missingInNode(name) {
  const [file, ...words] = name.split(': ');
  const text = await readFile(join(ROOT, 'e2e', file), 'utf8').catch(() => '');
  const quoted = words.join(': ');
  const named = quoted.startsWith('`') ? quoted : `'${quoted.replaceAll("'", "\\'")}'`;
  const its = quoted ? text.includes(`test(${named}`) : text.includes('test(');
  return its ? null : `there is no test ${name}`;
}

/** What is wrong with points, scenarios and what they name; empty when nothing is. */
export async function troubles(tasks, scenarios, tests) {
  const points = tasks.flatMap((task) => task.points);
  const known = new Set(points.map(({ id }) => id));
  const strange = scenarios.flatMap(({ file, ids, name }) => (
    ids.filter((id) => !known.has(id)).map((id) => `${file}: ${id} is no point (${name})`)));
  const walked = new Set(scenarios.flatMap(({ ids }) => ids));
  const unproven = points.filter(({ id, by }) => !walked.has(id) && by.length === 0);
  const lost = await Promise.all(points.flatMap(({ id, by }) => by.map(async (each) => {
    const why = await missing(each, tests);
    return why && `${id}: ${why}`;
  })));
  return [...strange, ...unproven.map(({ id }) => `${id} has no proof`), ...lost.filter(Boolean)];
}

const INTRODUCTION = `# Acceptance

What each task has to give, in points, and by what each point is known to hold. The scenarios lie in \`e2e/acceptance\`
and speak HTTP, server-sent events, WebSocket and GraphQL to any gateway:

\`\`\`sh
e2e/acceptance/run                          # one gateway, which keeps everything for itself; .ci/run does this
e2e/acceptance/run services                 # one in front of an agent and documents in Python
e2e/acceptance/run cluster                  # two over one Redis, each request at the next one
e2e/acceptance/run http://localhost:8080    # one that runs already; several by commas
\`\`\`

At a gateway that runs already, scenarios that need more say so and are left out: \`DAVELOPER_ADMIN_KEY\`,
\`DAVELOPER_MANAGEMENT_URL\`, and \`DAVELOPER_HEARS_US=1\` when it may send webhooks to this machine. They set limits
that count their own sessions alone, and take away again what they set up. Start it with
\`--rate-limits.defaults=false\`.

Points that no caller can see from outside are proven by other tests: a class in Java, a file or a test of it in
\`e2e\`, or a script. This page is made by \`node e2e/acceptance/table.mjs\` from \`points.yaml\` and the scenarios
beside it. A test fails when the page is old, when a point has no proof, and when a test that it names is not there.
`;

/** The page that says by what each point is proven. */
export function page(tasks, scenarios) {
  const lines = [INTRODUCTION];
  for (const { task, title, points } of tasks) {
    lines.push(`## ${task}: ${title}`, '', '| point | what holds | scenarios | other tests |', '|---|---|---|---|');
    for (const { id, say, by } of points) {
      const walked = scenarios.filter(({ ids }) => ids.includes(id)).map(({ file, name }) => `${name} (\`${file}\`)`);
      const others = by.map((each) => `\`${each.replace(/^\w+ /, '').replaceAll('`', '')}\``);
      lines.push(`| ${[id, say, walked.join('<br>'), others.join('<br>')].map(cell).join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

const cell = (text) => text.replaceAll('|', '\\|');

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [tasks, scenarios] = [await readPoints(), await readScenarios()];
  const wrong = await troubles(tasks, scenarios, await readTests());
  for (const each of wrong) console.error(each);
  if (wrong.length === 0) await writeFile(PAGE, page(tasks, scenarios));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
