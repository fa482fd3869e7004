import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Program } from './gateway-process.mjs';
import { pdf } from './sample-pdf.mjs';

const run = promisify(execFile);

let gateway;
let folder;
let readme;

before(async () => {
  readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'daveloper-readme-'));
  gateway = await Program.gateway('--agent.pace=1ms');
});

after(async () => {
  await gateway?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The commands below a comment of the README's block of use, as they stand but for the port. */
function commandsBelow(comment) {
  const [, block] = /## How do I use the API\?\s+```sh\n([\s\S]*?)```/.exec(readme);
  const parts = block.split(/^# /m).filter((part) => part.includes(comment));
  assert.equal(parts.length, 1, `one comment says "${comment}"`);
  const commands = parts[0].split('\n').filter((line) => !/^[A-Z].*\.$/.test(line)).join('\n');
  return commands.replaceAll('localhost:8080', new URL(gateway.address).host);
}

async function shell(commands) {
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands], { cwd: folder, timeout: 60_000 });
  return stdout;
}

test('the stream of the README streams', async () => {
  const stream = await shell(commandsBelow('One message, answered as a stream'));
  assert.match(stream, /^event: run\.started$/m);
  assert.equal(stream.match(/^event: run\.finished$/gm).length, 1);
  assert.match(stream, /--agent\.target=/);
});

test('the JSON answer of the README is one', async () => {
  const answer = JSON.parse(await shell(commandsBelow('one JSON answer')));
  assert.equal(answer.message.outcome, 'completed');
  assert.ok(answer.message.citations.length > 0);
});

test('the conversation of the README comes by GraphQL', async () => {
  const { data } = JSON.parse(await shell(commandsBelow('conversation by GraphQL')));
  assert.deepEqual(data.session.messages.nodes.slice(0, 2).map(({ role }) => role), ['USER', 'ASSISTANT']);
});

test('the resumed stream of the README begins behind its cursor', async () => {
  const stream = await shell(commandsBelow('read it from behind its third event'));
  const ids = [...stream.matchAll(/^id: (.*)$/gm)].map(([, id]) => id);
  assert.ok(ids.length > 0);
  assert.ok(Number(ids[0].split('-')[1]) > 3, `${ids[0]} is behind 1-3`);
  assert.match(stream, /^event: run\.finished$/m);
});

test('the document of the README is taken, and asked about', async () => {
  const pages = [['The Tarn report.'], ['The bridge over the Tarn carries forty tonnes.']];
  await writeFile(join(folder, 'report.pdf'), pdf(pages));
  const job = JSON.parse(await shell(commandsBelow('Ask about a file of your own')));
  const look = `curl -s -b jar ${gateway.address}/documents/status/${job.jobId}`;
  let state = job.state;
  while (state === 'queued' || state === 'processing') state = JSON.parse(await shell(look)).state;
  assert.equal(state, 'completed');
  const question = `-d '{"message":"What does the bridge over the Tarn carry?"}'`;
  const ask = `curl -s -b jar -H 'Content-Type: application/json' ${question} ${gateway.address}/agent/chat`;
  const { message } = JSON.parse(await shell(ask));
  assert.match(message.text, /forty tonnes/);
  assert.equal(message.citations[0].documentId, job.documentId);
  assert.equal(message.citations[0].position.page, 2);
});

test('the two commands of the README are the ones that these tests and CI run', async () => {
  assert.match(readme, /^\.\/daveloper$/m);
  assert.match(readme, /`mvn verify`/);
  const ci = await readFile(new URL('../.ci/run', import.meta.url), 'utf8');
  assert.match(ci, /^mvn verify$/m);
});
