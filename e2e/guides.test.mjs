import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, openPage } from './browser.mjs';
import { CuttingProxy } from './cutting-proxy.mjs';
import { Program } from './gateway-process.mjs';
import { Guide, at } from './guides.mjs';

const QUESTION = 'Which events does a stream have?';
const PATIENCE = 30_000;

/** A site of somebody else. */
const site = createServer((request, response) => response.end('a page'));

let browser;
let folder;
let gateway;
let network;
let admin;
let whole;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daveloper-guides-'));
  admin = await newAdmin();
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  gateway = await Program.gateway('--agent.pace=20ms', `--http.cors.origins=${origin()}`, admin.option);
  whole = await answerTo(QUESTION);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
  site.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  network = await CuttingProxy.to(gateway.address);
});

afterEach(() => network.close());

function origin() {
  return `http://127.0.0.1:${site.address().port}`;
}

/** Makes a key as the guide says; what it prints names the key and the option. */
async function newAdmin() {
  const printed = await shell((await Guide.read('authentication')).code('sh', 'make an admin key'));
  const [, key] = /^key for the administrator: (\S+)$/m.exec(printed);
  const [, option] = /^option for the gateway: +(\S+)$/m.exec(printed);
  return { key, option };
}

async function shell(commands, env = {}) {
  const options = { cwd: folder, timeout: PATIENCE, env: { ...process.env, ...env } };
  return (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], options)).stdout;
}

async function answerTo(message) {
  const response = await fetch(`${gateway.address}/agent/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  return (await response.json()).message.text;
}

/** A page from here that runs this code, which no policy of ours is to keep from running. */
async function pageWith(code, address = `${network.address}/health/live`) {
  const { page, context, faults } = await openPage(browser, { bypassCSP: true });
  await page.goto(address);
  await page.setContent(`<p id="answer"></p><button id="stop">Stop</button><script type="module">${code}</script>`);
  return { page, context, faults };
}

const shows = (page) => page.locator('#answer').textContent();
const begins = (page) => page.waitForFunction(() => document.querySelector('#answer').textContent.length > 20);
const ends = (page) => page.waitForSelector('#answer[data-outcome]', { timeout: PATIENCE });
const outcome = (page) => page.locator('#answer').getAttribute('data-outcome');

async function streamsAcrossACut(code) {
  const { page, context, faults } = await pageWith(code);
  await begins(page);
  assert.ok(network.cut() > 0, 'there was a connection to cut');
  assert.ok((await shows(page)).length < whole.length, 'it was cut in mid-answer');
  await ends(page);
  assert.equal(await shows(page), whole);
  assert.equal(await outcome(page), 'completed');
  assert.deepEqual(faults.filter((fault) => !fault.includes('WebSocket connection')), []);
  await context.close();
}

test('the page of the guide streams, and goes on when the connection breaks', async () => {
  const guide = await Guide.read('client-browser');
  await streamsAcrossACut(guide.code('js', 'show an answer') + guide.code('js', 'begin, and'));
});

test('its button stops the answer', async () => {
  const guide = await Guide.read('client-browser');
  const { page, context, faults } = await pageWith(guide.code('js', 'show an answer') + guide.code('js', 'begin, and'));
  await begins(page);
  await page.click('#stop');
  await ends(page);
  assert.equal(await outcome(page), 'cancelled');
  assert.ok(whole.startsWith(await shows(page)));
  assert.deepEqual(faults, []);
  await context.close();
});

test('the EventSource of the guide does the same', async () => {
  await streamsAcrossACut((await Guide.read('client-browser')).code('js', 'EventSource'));
});

test('the WebSocket of the guide does the same', async () => {
  await streamsAcrossACut((await Guide.read('client-browser')).code('js', 'WebSocket'));
});

test('a page of an origin that is allowed calls the gateway with its token', async () => {
  const code = at(gateway.address, (await Guide.read('authentication')).code('js', 'another origin'));
  const { page, context, faults } = await pageWith(`${code}
    document.querySelector('#answer').textContent = message.text;
    document.querySelector('#answer').dataset.outcome = message.outcome;`, origin());
  await ends(page);
  assert.equal(await outcome(page), 'completed');
  assert.ok((await shows(page)).length > 0);
  assert.deepEqual(faults, []);
  await context.close();
});

/** Runs Python code against the network; tells what it has written, and when it is done. */
async function python(code) {
  const file = join(folder, 'ask.py');
  await writeFile(file, at(network.address, code));
  const child = spawn('python3', [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const run = { written: '', child };
  child.stdout.setEncoding('utf8').on('data', (text) => { run.written += text; });
  run.done = once(child, 'close').then(([status]) => assert.equal(status, 0));
  return run;
}

test('the Python program of the guide streams, and goes on when the connection breaks', async () => {
  const guide = await Guide.read('client-python');
  const run = await python(guide.code('python', 'stream an answer') + guide.code('python', 'used'));
  while (run.written.length <= 20) await once(run.child.stdout, 'data');
  assert.ok(network.cut() > 0, 'there was a connection to cut');
  assert.ok(run.written.length < whole.length, 'it was cut in mid-answer');
  await run.done;
  assert.equal(run.written, `${whole}\ncompleted\n`);
});

test('the Python program of the guide stops an answer', async () => {
  const guide = await Guide.read('client-python');
  const blocks = ['stream an answer', 'used', 'stopped'].map((words) => guide.code('python', words));
  const run = await python(blocks.join(''));
  await run.done;
  assert.equal(run.written, `${whole}\ncompleted\ncancelled\n`);
});

test('the commands of an app open a session and use it', async () => {
  const commands = (await Guide.read('authentication')).code('sh', 'app authenticate');
  assert.match(JSON.parse(await shell(at(gateway.address, commands))).sessionId, /^ses_/);
});

test('the admin key of the guide is one, and its use is told by its name', async () => {
  const guide = await Guide.read('authentication');
  const use = at(gateway.address, guide.code('sh', 'admin key used'));
  assert.deepEqual(JSON.parse(await shell(use, { KEY: admin.key })).items, []);
  assert.equal(JSON.parse(await shell(use, { KEY: 'adm_guessed' })).code, 'session_required');
  const audit = gateway.said.filter((line) => line.includes('daveloper.audit')).map((line) => JSON.parse(line));
  assert.deepEqual(audit.map(({ level }) => level), ['INFO', 'WARN']);
  assert.deepEqual(audit[0].kvpList, [{ key: 'alice' }, { method: 'GET' }, { route: '/documents' }, { status: '200' }]);
  assert.ok(!gateway.said.join('\n').includes(admin.key));
});

test('the query of the guide is known by its hash once it was brought along', async () => {
  const guide = await Guide.read('graphql');
  const asked = JSON.parse(await shell(at(gateway.address, guide.code('sh', 'ask by GraphQL'))));
  assert.equal(asked.data.health.status, 'PASS');
  const commands = at(gateway.address, guide.code('sh', 'without its text'));
  const known = '{"data":{"health":{"status":"PASS"}}}';
  const first = await shell(commands);
  assert.match(first, /^\{"errors":\[\{"message":"PersistedQueryNotFound".*"PERSISTED_QUERY_NOT_FOUND"/);
  assert.ok(first.endsWith(known), first);
  assert.equal(await shell(commands), known + known);
});

test('what the guides start the gateway with are options that it knows', async () => {
  const guide = await Guide.read('authentication');
  const commands = ['another origin', 'several administrators'].map((words) => guide.code('sh', words));
  for (const command of commands) {
    const check = command.replace('./daveloper', `${new URL('../daveloper', import.meta.url).pathname} config`);
    const hash = 'a'.repeat(64);
    assert.match(await shell(check, { OLD_HASH: hash, HASH: hash, BOB_HASH: hash }), /admin\.keys/);
  }
});
