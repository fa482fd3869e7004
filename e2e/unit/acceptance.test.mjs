import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import {
  PAGE, missing, page, pointsIn, readPoints, readScenarios, readTests, scenariosIn, troubles,
} from '../acceptance/table.mjs';

test('every point is proven, and the page says by what', async () => {
  const [tasks, scenarios] = [await readPoints(), await readScenarios()];
  assert.deepEqual(await troubles(tasks, scenarios, await readTests()), []);
  assert.equal(await readFile(PAGE, 'utf8'), page(tasks, scenarios), 'make it anew: node e2e/acceptance/table.mjs');
});

test('every task has points, and a scenario that walks through it', async () => {
  const [tasks, scenarios] = [await readPoints(), await readScenarios()];
  const numbers = Array.from({ length: 15 }, (_, index) => `TASK-${String(index + 1).padStart(3, '0')}`);
  assert.deepEqual(tasks.map(({ task }) => task), numbers);
  const walked = new Set(scenarios.flatMap(({ ids }) => ids).map((id) => id.slice(1, 4)));
  // Of its own proof a gateway knows nothing.
  assert.deepEqual(numbers.filter((task) => !walked.has(task.slice(-3))), ['TASK-010']);
});

const TASK = (points) => pointsIn(`- {task: TASK-001, title: One, points: {${points}}}`);
const NONE = { java: new Map() };

test('a point without a proof is found, and a scenario of no point', async () => {
  const tasks = TASK('A001-01: {say: it works}, A001-02: {say: it is quick}');
  const scenarios = scenariosIn('a.test.mjs', "scenario('A001-01 A001-09', 'works', work);");
  assert.deepEqual(await troubles(tasks, scenarios, NONE), [
    'a.test.mjs: A001-09 is no point (works)', 'A001-02 has no proof']);
});

test('a proof that is not there is found', async () => {
  const tests = await readTests();
  const there = ['java CrashTest', 'java CrashTest#two_processes_do_not_share_a_data_directory',
    'node unit/acceptance.test.mjs: a proof that is not there is found', 'node browser.test.mjs', 'script .ci/run'];
  for (const by of there) assert.equal(await missing(by, tests), null, by);
  const lost = ['java CrashTst', 'java CrashTest#awaitLogged', 'java CrashTest#two_processes', 'java SixLaws',
    'node unit/acceptance.test.mjs: a proof', 'node nothing.mjs', 'node gateway-process.mjs', 'script README.md',
    'script nothing', 'word of honour'];
  for (const by of lost) assert.notEqual(await missing(by, tests), null, by);
  assert.match((await troubles(TASK('A001-01: {say: a, by: [java CrashTst]}'), [], tests))[0], /A001-01: .*CrashTst/);
});

test('what is not written as points and scenarios are is refused', () => {
  assert.throws(() => TASK('A002-01: {say: of another task}'), /A002-01/);
  assert.throws(() => TASK('A001-01: {say: a, with: comma}'), /A001-01/);
  assert.throws(() => TASK('A001-01: {by: [script .ci/run]}'), /A001-01/);
  assert.throws(() => scenariosIn('a.test.mjs', 'scenario(ids, name, work);'), /calls scenario 1 times, and 0/);
});

test('the page is another when a point or a scenario is', () => {
  const tasks = TASK('A001-01: {say: it works}');
  const scenarios = scenariosIn('a.test.mjs', "scenario('A001-01', 'it\\'s there', work);");
  assert.match(page(tasks, scenarios), /\| A001-01 \| it works \| it's there \(`a\.test\.mjs`\) \|/);
  assert.notEqual(page(tasks, []), page(tasks, scenarios));
});
