import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { assertProblem, Person } from './documents-client.mjs';
import { Target } from './documents-targets.mjs';
import { failing, REFUSED, SAMPLES } from './sample-files.mjs';

const run = promisify(execFile);
const TOO_MANY_BYTES = 101 * 2 ** 20;
const [PDF] = SAMPLES;
const TEXT = SAMPLES.find(({ kind }) => kind === 'text');

for (const kind of Object.keys(Target.KINDS)) {
  describe(`documents in ${kind}`, () => scenario(kind));
}

function scenario(kind) {
  let target;
  let person;
  let folder;

  before(async () => {
    target = await new Target(kind).open();
    person = new Person(target.gateway.address);
    folder = await mkdtemp(join(tmpdir(), 'daveloper-e2e-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
    for (const code of await target.close()) assert.equal(code, 0, 'everything ends in order');
  });

  const someone = () => new Person(target.gateway.address).open();

  for (const sample of SAMPLES) {
    test(`${sample.kind}: ingested, told step by step, listed, and quoted with its place`, async () => {
      const { steps, last } = await person.ingest(sample);
      assertSteps(steps);
      assertDocument(last.document, sample);
      const { items } = await person.read('/documents');
      assert.deepEqual(items[0], last.document, 'the newest comes first');
      assert.deepEqual(await person.read(`/documents/${last.documentId}`), last.document);
      assert.deepEqual((await person.read(`/documents/status/${last.jobId}`)).document, last.document);
      const answer = await person.ask(sample.question);
      assert.ok(answer.text.includes(sample.fact), answer.text);
      const citation = answer.citations.find(({ documentId, quote }) =>
        documentId === last.documentId && quote.includes(sample.fact));
      assert.ok(citation, JSON.stringify(answer.citations));
      assert.ok(citation.title.startsWith(sample.name), citation.title);
      assert.equal(citation.position.page, sample.page);
      assert.equal(citation.position.end - citation.position.start, citation.quote.length);
    });
  }

  test('the list has pages and filters', async () => {
    const { items: all } = await person.read('/documents?limit=200');
    assert.equal(all.length, SAMPLES.length);
    const walked = [];
    let cursor = '';
    do {
      const page = await person.read(`/documents?limit=4${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      assert.ok(page.items.length <= 4);
      walked.push(...page.items);
      cursor = page.nextCursor ?? '';
    } while (cursor);
    assert.deepEqual(walked, all);
    const byName = await person.read('/documents?name=LIGHT');
    assert.deepEqual(byName.items.map(({ name }) => name), [PDF.name]);
    const byKind = await person.read('/documents?kind=xlsx');
    assert.deepEqual(byKind.items.map(({ kind: found }) => found), ['xlsx']);
    assert.deepEqual((await person.read('/documents?scope=shared')).items, []);
    await assertProblem(await person.get('/documents?cursor=none'), 400, 'invalid_request');
  });

  test('nobody else sees any of it', async () => {
    const stranger = await someone();
    const { items: [mine] } = await person.read('/documents');
    for (const path of [`/documents/${mine.id}`, `/documents/status/${mine.jobId}`]) {
      await assertProblem(await stranger.get(path), 404, 'not_found');
    }
    await assertProblem(await stranger.get(`/documents/status/${mine.jobId}/events`), 404, 'not_found');
    await assertProblem(await stranger.delete(mine.id), 404, 'not_found');
    assert.deepEqual((await stranger.read('/documents')).items, []);
    assert.deepEqual((await stranger.read('/documents/status')).items, []);
    const answer = await stranger.ask(PDF.question);
    assert.ok(!answer.text.includes(PDF.fact), answer.text);
    assert.deepEqual(answer.citations.filter(({ documentId }) => documentId), []);
    assert.equal((await person.get(`/documents/${mine.id}`)).status, 200, 'and the owner still does');
  });

  test('the same bytes are one document, for each session', async () => {
    const other = await someone();
    const first = await other.handOver(TEXT);
    assert.equal(first.duplicate, false, 'another session has it already');
    const again = await other.handOver({ ...TEXT, name: 'copy.txt' });
    assert.equal(again.duplicate, true);
    assert.equal(again.jobId, first.jobId);
    await other.follow(first.jobId);
    assert.equal((await other.read('/documents')).items.length, 1);
  });

  test('what is deleted is forgotten', async () => {
    const { items } = await person.read(`/documents?name=${PDF.name}`);
    const [{ id, jobId }] = items;
    assert.equal((await person.delete(id)).status, 204);
    await assertProblem(await person.get(`/documents/${id}`), 404, 'not_found');
    await assertProblem(await person.get(`/documents/status/${jobId}`), 404, 'not_found');
    await assertProblem(await person.delete(id), 404, 'not_found');
    const answer = await person.ask(PDF.question);
    assert.ok(!answer.text.includes(PDF.fact), answer.text);
    assert.ok(answer.citations.every(({ documentId }) => documentId !== id));
    assert.equal((await person.handOver(PDF)).duplicate, false, 'it may come again');
  });

  for (const { name, type, content, status, code } of REFUSED) {
    test(`${name} declared as ${type} is refused: ${code}`, async () => {
      const other = await someone();
      await assertProblem(await other.upload({ name, type, content }), status, code);
      assert.deepEqual((await other.read('/documents/status')).items, []);
    });
  }

  test('files that cannot be ingested fail with the reason', async () => {
    const other = await someone();
    for (const file of failing()) {
      const { last, steps } = await other.ingest(file);
      assert.equal(last.state, 'failed', file.name);
      assert.equal(steps.at(-1).id, 'failed');
      assert.equal(last.error.code, file.code, file.name);
      assert.ok(last.error.detail);
      await assertProblem(await other.get(`/documents/${last.documentId}`), 404, 'not_found');
    }
    assert.deepEqual((await other.read('/documents')).items, []);
  });

  test('several files in one request are taken and refused one by one, in their order', async () => {
    const other = await someone();
    const [refused] = REFUSED.filter(({ code }) => code === 'document_type_not_allowed');
    const response = await other.upload(TEXT, refused, PDF);
    assert.equal(response.status, 202);
    const { items } = await response.json();
    assert.deepEqual(items.map(({ name }) => name), [TEXT.name, refused.name, PDF.name]);
    assert.equal(items[0].job.duplicate, false);
    assert.equal(items[1].problem.code, refused.code);
    await Promise.all([items[0], items[2]].map(({ job }) => other.follow(job.jobId)));
    assert.equal((await other.read('/documents')).items.length, 2);
    const none = await assertProblem(await other.upload(refused, REFUSED[0]), refused.status, refused.code);
    assert.deepEqual(none.items.map(({ problem }) => problem.code), [refused.code, REFUSED[0].code]);
  });

  test('curl uploads as the README says, and opens the session by it', async () => {
    const file = join(folder, TEXT.name);
    const jar = join(folder, 'cookies');
    await writeFile(file, TEXT.content);
    const url = `${target.gateway.address}/documents/ingest`;
    const { stdout } = await run('curl', ['-sS', '-c', jar, '-w', '\n%{http_code}', '-F', `file=@${file}`, url]);
    const [body, status] = stdout.split(/\n(?=\d+$)/);
    assert.equal(status, '202', body);
    const { jobId } = JSON.parse(body);
    const events = `${target.gateway.address}/documents/status/${jobId}/events`;
    const followed = await run('curl', ['-sSN', '-b', jar, '--max-time', '60', events]);
    assert.match(followed.stdout, /^id: completed$/m);
  });

  test('a file that is too large is refused', async () => {
    const file = join(folder, 'large.pdf');
    const handle = await open(file, 'w');
    await handle.write('%PDF-1.4\n');
    // The rest takes no room on the disk.
    await handle.truncate(TOO_MANY_BYTES);
    await handle.close();
    const url = `${target.gateway.address}/documents/ingest`;
    const { stdout } = await run('curl', ['-sS', '-H', 'Expect:', '-F', `file=@${file};type=application/pdf`, url]);
    const problem = JSON.parse(stdout);
    assert.equal(problem.code, 'document_too_large');
    assert.equal(problem.status, 413);
  });
}

/** First how the job stands, then only onwards, and one end. */
function assertSteps(steps) {
  const stages = ['reading', 'splitting', 'indexing'];
  let progress = 0;
  let stage = 0;
  for (const { event, data } of steps) {
    assert.equal(event, 'document.progress');
    assert.equal(data.type, 'document.progress');
    assert.ok(data.progress >= progress && data.progress <= 1, `${data.progress} follows ${progress}`);
    progress = data.progress;
    if (data.state === 'processing') {
      assert.ok(stages.indexOf(data.stage) >= stage, `${data.stage} follows ${stages[stage]}`);
      stage = stages.indexOf(data.stage);
    }
  }
  assert.equal(steps.at(-1).id, 'completed', JSON.stringify(steps.at(-1)));
  assert.equal(steps.at(-1).data.progress, 1);
  assert.equal(steps.filter(({ id }) => id).length, 1);
}

function assertDocument(document, sample) {
  assert.equal(document.name, sample.name);
  assert.equal(document.kind, sample.kind);
  assert.equal(document.mediaType, sample.type);
  assert.equal(document.bytes, sample.content.length);
  assert.equal(document.scope, 'session');
  assert.equal(document.pages, sample.pages);
  assert.ok(document.passages >= 1);
  assert.match(document.sha256, /^[0-9a-f]{64}$/);
}
