import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertProblem, Person, until } from './documents-client.mjs';
import { Target } from './documents-targets.mjs';
import { longText, SAMPLES } from './sample-files.mjs';

const TEXT = SAMPLES.find(({ kind }) => kind === 'text');

for (const kind of Object.keys(Target.KINDS)) {
  describe(`faults with documents in ${kind}`, () => faults(kind));
}

function faults(kind) {
  let target;
  let person;

  before(async () => {
    target = await new Target(kind).open();
    person = await new Person(target.gateway.address).open();
  });

  after(() => target.close());

  test('who leaves in mid-upload leaves nothing', async () => {
    const marker = `only-in-what-broke-off-${Math.random()}`;
    const leaving = await new Person(target.gateway.address).open();
    await leaveInMidUpload(target.gateway.address, leaving.cookie, `${longText(marker, 20_000)}`);
    await until(async () => !await target.holds(marker), 'nothing holds what came');
    // Whatever the upload that broke off might still have caused would be before this.
    const { last } = await leaving.ingest(TEXT);
    const jobs = await leaving.read('/documents/status');
    assert.deepEqual(jobs.items.map(({ jobId }) => jobId), [last.jobId]);
    assert.deepEqual((await leaving.read('/documents')).items, [last.document]);
  });

  test('a job that is cancelled ends so, and its bytes may come again', async () => {
    const file = { name: 'long.txt', type: 'text/plain', content: longText('patience', 150_000) };
    const { jobId, documentId } = await person.handOver(file);
    const cancelled = await person.cancel(jobId);
    assert.equal(cancelled.status, 202);
    const steps = await person.follow(jobId);
    assert.equal(steps.at(-1).id, 'cancelled', 'it takes long enough to be cancelled');
    await assertProblem(await person.get(`/documents/${documentId}`), 404, 'not_found');
    assert.equal((await person.handOver(file)).duplicate, false);
  });

  if (!Target.KINDS[kind]) return;

  test('a service that is killed is told of, and nothing is half-accepted', async () => {
    const { last } = await person.ingest(TEXT);
    await target.service.stop('SIGKILL');
    const fresh = { name: 'fresh.txt', type: 'text/plain', content: 'The heron of Ashpool is called Gustav.' };
    await assertProblem(await person.upload(fresh), 503, 'documents_unavailable');
    await assertProblem(await person.get('/documents'), 503, 'documents_unavailable');
    await target.startService();
    await until(async () => (await person.get('/documents')).status === 200, 'the service is found again');
    const { items } = await person.read('/documents/status');
    assert.ok(items.every(({ name }) => name !== fresh.name), 'what was refused is not there');
    assert.deepEqual(await person.read(`/documents/${last.documentId}`), last.document, 'what was there still is');
    assert.equal((await person.handOver(fresh)).duplicate, false);
  });

  test('a service that is killed while it ingests settles every job after its restart', async () => {
    const owner = await new Person(target.gateway.address).open();
    const jobs = [];
    for (const topic of ['tides', 'dunes', 'reeds']) {
      jobs.push(await owner.handOver({ name: `${topic}.txt`, type: 'text/plain', content: longText(topic, 60_000) }));
    }
    await target.service.stop('SIGKILL');
    await target.startService();
    await until(async () => (await owner.get('/documents')).status === 200, 'the service is found again');
    const states = new Map();
    for (const { jobId, documentId } of jobs) {
      const steps = await owner.follow(jobId);
      states.set(documentId, steps.at(-1).id);
    }
    assert.ok([...states.values()].every((state) => ['completed', 'failed'].includes(state)), [...states.values()]);
    const completed = [...states].filter(([, state]) => state === 'completed').map(([id]) => id);
    const { items } = await owner.read('/documents');
    assert.deepEqual(items.map(({ id }) => id).sort(), completed.sort());
    for (const { id, name } of items) {
      const { citations } = await owner.ask(`Which sentence speaks of ${name.replace('.txt', '')}?`);
      assert.ok(citations.some(({ documentId }) => documentId === id), `${name} is found`);
    }
  });
}

/** Sends the beginning of a form with a file, and goes. */
function leaveInMidUpload(address, cookie, text) {
  const boundary = 'a-boundary-of-this-test';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="half.txt"\r\n`
    + 'Content-Type: text/plain\r\n\r\n';
  return new Promise((resolve, reject) => {
    const upload = request(`${address}/documents/ingest`, {
      method: 'POST',
      headers: {
        'Content-Type': `multipart/form-data; boundary=${boundary}`,
        'Content-Length': 2 * text.length,
        Cookie: cookie,
      },
    });
    upload.once('response', () => reject(new Error('an answer came before the end of the upload')));
    // Ended by this side.
    upload.on('error', () => {});
    upload.once('close', resolve);
    upload.write(head + text, () => upload.destroy());
  });
}
