import assert from 'node:assert/strict';
import { SAMPLES } from '../sample-files.mjs';
import { eventsOf } from './events.mjs';
import { problemOf, until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const PDF = SAMPLES.find(({ kind }) => kind === 'pdf');
let texts = 0;

/** A text that nobody has handed over before. */
function text(sentence) {
  texts += 1;
  const content = `${sentence} This is text ${texts} of ${Date.now()}, ${Math.random()}.`;
  return { name: `text-${texts}.txt`, type: 'text/plain', content };
}

/** A name that stands in no other document. */
const word = () => `Q${Math.random().toString(36).replace(/[^a-z]/g, '').slice(0, 8)}ix`;

async function ingested(me, file) {
  const told = await me.ingest(file);
  assert.equal(told.at(-1).state, 'completed', JSON.stringify(told.at(-1)));
  return told.at(-1).document;
}

scenario('A003-01 A003-02', 'a document is taken at once and followed until it can be asked about', async (gateway) => {
  const me = await gateway.visitor();
  const response = await me.upload(PDF);
  assert.equal(response.status, 202);
  const job = await response.json();
  assert.equal(response.headers.get('location'), `/documents/status/${job.jobId}`);
  const told = await me.ingest(text('The clock strikes.'));
  assert.deepEqual(told.at(-1).state, 'completed');
  const progress = told.map(({ progress: now }) => now);
  assert.deepEqual(progress, [...progress].sort((a, b) => a - b), 'it never goes back');
  const done = await until(async () => {
    const now = await me.read(`/documents/status/${job.jobId}`);
    return now.state === 'completed' && now;
  });
  assert.deepEqual([done.document.name, done.document.kind, done.document.pages], [PDF.name, 'pdf', PDF.pages]);
});

scenario('A003-03', 'documents are listed, filtered, read and deleted', async (gateway) => {
  const me = await gateway.visitor();
  const kept = [await ingested(me, text('One.')), await ingested(me, text('Two.')), await ingested(me, PDF)];
  const { items } = await me.read('/documents');
  assert.deepEqual(items.map(({ id }) => id).sort(), kept.map(({ id }) => id).sort());
  assert.deepEqual((await me.read('/documents?kind=pdf')).items.map(({ name }) => name), [PDF.name]);
  assert.deepEqual(await me.read(`/documents/${kept[0].id}`), kept[0]);
  assert.equal((await me.call(`/documents/${kept[0].id}`, { method: 'DELETE' })).status, 204);
  await me.refused(`/documents/${kept[0].id}`, 404, 'not_found');
  assert.equal((await me.read('/documents')).items.length, 2);
});

scenario('A003-04 A003-06', 'a document is cited in an answer with its page until it is deleted', async (gateway) => {
  const me = await gateway.visitor();
  const { id } = await ingested(me, PDF);
  const { message } = await me.chat(PDF.question);
  assert.ok(message.text.includes(PDF.fact), message.text);
  const citation = message.citations.find(({ documentId }) => documentId === id);
  assert.ok(citation.quote.includes(PDF.fact));
  assert.equal(citation.position.page, PDF.page);
  await me.call(`/documents/${id}`, { method: 'DELETE' });
  const later = (await me.chat(PDF.question)).message;
  assert.ok(!later.citations.some(({ documentId }) => documentId === id));
  assert.ok(!later.text.includes(PDF.fact), later.text);
});

scenario('A003-05', 'nobody else is answered from a document that is mine', async (gateway) => {
  const [me, other] = [await gateway.visitor(), await gateway.visitor()];
  const tower = word();
  await ingested(me, text(`The tower of ${tower} has 77 windows.`));
  assert.match((await me.chat(`How many windows has the tower of ${tower}?`)).message.text, /77 windows/);
  const { message } = await other.chat(`How many windows has the tower of ${tower}?`);
  assert.doesNotMatch(message.text, /77 windows/);
  assert.deepEqual((await other.read('/documents')).items, []);
});

scenario('A003-07', 'the same bytes are one document, however often they are handed over', async (gateway) => {
  const me = await gateway.visitor();
  const file = text('Twice.');
  await ingested(me, file);
  const again = await (await me.upload({ ...file, name: 'another-name.txt' })).json();
  assert.equal(again.duplicate, true);
  assert.equal((await me.read('/documents')).items.length, 1);
});

scenario('A003-08', 'what is no document is refused with the reason, and nothing of it is kept', async (gateway) => {
  const me = await gateway.visitor();
  const refused = [
    [{ name: 'empty.txt', type: 'text/plain', content: '' }, 422, 'document_empty'],
    [{ name: 'tool.exe', type: 'application/octet-stream', content: 'MZ' }, 415, 'document_type_not_allowed'],
    [{ name: 'false.pdf', type: 'application/pdf', content: 'This is no PDF.' }, 415, 'document_type_mismatch'],
  ];
  for (const [file, status, code] of refused) await problemOf(await me.upload(file), status, code);
  assert.deepEqual((await me.read('/documents')).items, []);
  assert.deepEqual((await me.read('/documents/status')).items, []);
});

scenario('A003-12', 'an administrator shares a document with everybody, nobody else may', async (gateway) => {
  const me = await gateway.visitor();
  const tower = word();
  const taken = await gateway.administrator().upload(text(`The harbour of ${tower} has 31 cranes.`));
  assert.equal(taken.status, 202);
  const { documentId } = await taken.json();
  await until(async () => (await me.call(`/documents/${documentId}`)).status === 200);
  assert.match((await me.chat(`How many cranes has the harbour of ${tower}?`)).message.text, /31 cranes/);
  await me.refused(`/documents/${documentId}`, 403, 'forbidden', { method: 'DELETE' });
  assert.equal((await gateway.administrator().call(`/documents/${documentId}`, { method: 'DELETE' })).status, 204);
  await until(async () => (await me.call(`/documents/${documentId}`)).status === 404);
}, 'admin');

scenario('A003-15',
  'several files are one request with a job each, and one that is refused spoils no other', async (gateway) => {
  const me = await gateway.visitor();
  const response = await me.upload(text('One.'), { name: 'x.exe', type: 'text/plain', content: 'MZ' }, text('Two.'));
  const { items } = await response.json();
  assert.equal(response.status, 202);
  assert.deepEqual(items.map(({ problem }) => problem?.code), [undefined, 'document_type_not_allowed', undefined]);
  await until(async () => (await me.read('/documents')).items.length === 2);
});

scenario('A003-02', 'the session\'s stream and a WebSocket tell of documents that are being read', async (gateway) => {
  const me = await gateway.visitor();
  // A node tells of those that are accepted at it; of all others whoever asks for the job's own stream is told.
  const address = gateway.next();
  const socket = await me.socket({}, address);
  const stream = await me.call('/sessions/current/events', { address });
  const { jobId } = await (await me.uploadAt(address, text('Told.'))).json();
  const last = await socket.until((message) => message.type === 'document.progress' && message.state === 'completed');
  assert.equal(last.jobId, jobId);
  for await (const event of eventsOf(stream)) if (event.state === 'completed') break;
});
