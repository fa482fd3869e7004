import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesDropped, filesPasted, leftOut } from '../../adapters-http/src/main/resources/web/js/documents/files.js';
import { later, Shelf } from '../../adapters-http/src/main/resources/web/js/documents/shelf.js';
import {
  explainRefusal, factsOf, sizeInWords, standing, uploadStanding,
} from '../../adapters-http/src/main/resources/web/js/documents/words.js';

const plain = (text) => text.replaceAll('\u00a0', ' ');
const JOB = { jobId: 'job_1', documentId: 'doc_1', name: 'a.pdf', kind: 'pdf', bytes: 1_000, scope: 'session' };
const at = (second) => `2026-01-01T00:00:0${second}Z`;
const queued = { ...JOB, state: 'queued', progress: 0, at: at(0) };
const reading = { ...JOB, state: 'processing', stage: 'reading', progress: 0.3, at: at(1) };
const indexing = { ...JOB, state: 'processing', stage: 'indexing', progress: 0.8, at: at(2) };
const DOCUMENT = { id: 'doc_1', jobId: 'job_1', name: 'a.pdf', kind: 'pdf', bytes: 1_000, pages: 3, passages: 12 };
const completed = { ...JOB, state: 'completed', progress: 1, at: at(3), document: DOCUMENT };
const error = { code: 'document_encrypted', title: 'Locked' };
const failed = { ...JOB, state: 'failed', progress: 0, at: at(3), error };
const cancelled = { ...JOB, state: 'cancelled', progress: 0, at: at(3) };

const keys = (shelf) => shelf.rows().map(({ key, phase }) => `${key} ${phase}`);

test('sizes are told as people say them', () => {
  const sizes = [0, 1, 999, 1_000, 1_234, 48_213, 1_234_567, 200_000_000, 3_400_000_000, 5_000_000_000_000];
  assert.deepEqual(sizes.map(sizeInWords).map(plain), [
    '0 bytes', '1 byte', '999 bytes', '1 kB', '1.2 kB', '48 kB', '1.2 MB', '200 MB', '3.4 GB', '5,000 GB']);
});

test('a document is told by its kind, size, pages and passages', () => {
  const facts = (document) => plain(factsOf(document).join(', '));
  assert.equal(facts(DOCUMENT), 'PDF, 1 kB, 3 pages, 12 passages');
  assert.equal(facts({ kind: 'markdown', bytes: 1, passages: 1 }), 'Markdown, 1 byte, 1 passage');
  assert.equal(facts({ kind: 'pptx', bytes: 1, pages: 1, passages: 2 }), 'PowerPoint, 1 byte, 1 slide, 2 passages');
  assert.equal(facts({ kind: 'rtf', bytes: 1, passages: 0 }), 'RTF, 1 byte, 0 passages', 'a kind of the future');
});

test('an upload and an ingestion tell where they are', () => {
  const words = ({ words: text, value }) => [plain(text), value];
  assert.deepEqual(words(standing(queued)), ['Waiting', null]);
  assert.deepEqual(words(standing(reading)), ['Reading · 30 %', 0.3]);
  assert.deepEqual(words(standing({ ...reading, stage: 'never heard of' })), ['Working · 30 %', 0.3]);
  assert.deepEqual(words(uploadStanding({ state: 'waiting', loaded: 0, bytes: 10 })), ['Waiting', null]);
  assert.deepEqual(words(uploadStanding({ state: 'sending', loaded: 500, bytes: 1_000 })),
    ['Uploading · 500 bytes of 1 kB', 0.5]);
  assert.deepEqual(words(uploadStanding({ state: 'sending', loaded: 0, bytes: 0 })), ['Arrived, being checked', null]);
});

test('a refusal is told in the words of its problem, and tried again where that may help', () => {
  const told = (given) => {
    const { problem, ...words } = explainRefusal(given);
    assert.equal(problem, given, 'and what support needs goes with it');
    return words;
  };
  assert.deepEqual(told({ status: 413, title: 'Too large', detail: 'At most 5.' }),
    { title: 'Too large', detail: 'At most 5.', again: false });
  assert.deepEqual(told({ status: 503, title: 'Busy', detail: 'Busy', retryAfterSeconds: 5 }),
    { title: 'Busy', detail: 'Try again in 5 seconds.', again: true });
  assert.equal(told({ status: 413 }).title, 'The document is too large', 'also from a proxy that has no words');
  assert.ok(told({ status: 502 }).title);
  assert.deepEqual([0, 409, 415, 422, 429, 500].map((status) => told({ status }).again),
    [true, true, false, false, true, true]);
});

test('of two tellings the later counts, and an end is never taken back', () => {
  assert.equal(later(queued, reading), reading);
  assert.equal(later(indexing, reading), indexing);
  assert.equal(later(reading, { ...indexing, at: at(1) }).stage, 'indexing', 'of the same moment what is further');
  assert.equal(later({ ...indexing, at: at(1) }, reading).stage, 'indexing');
  assert.equal(later(completed, { ...indexing, at: at(9) }), completed);
  assert.equal(later({ ...indexing, at: at(9) }, cancelled), cancelled);
  const fine = { ...reading, at: '2026-01-01T00:00:01.5Z' };
  assert.equal(later(reading, fine), fine, 'moments are compared, not their letters');
});

test('a file keeps its row from the upload to the end of the ingestion', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  shelf.uploadChanged('u1', { state: 'sending', loaded: 400 });
  assert.equal(shelf.rows()[0].value, 0.4);
  shelf.take(queued);
  assert.deepEqual(keys(shelf), ['u1 upload'], 'a job that is told of early has no second row');
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }), null);
  assert.deepEqual(keys(shelf), ['u1 ingest']);
  assert.equal(shelf.take(reading), null);
  assert.equal(shelf.rows()[0].value, 0.3);
  assert.equal(shelf.take(completed).state, 'completed', 'the end is told');
  assert.equal(shelf.take(completed), null, 'once');
  assert.deepEqual([keys(shelf), shelf.documents, shelf.ready], [[], [DOCUMENT], DOCUMENT]);
});

test('an end that comes before the upload is answered is taken up with the answer', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  assert.equal(shelf.take(completed), null);
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }).state, 'completed');
  assert.deepEqual([keys(shelf), shelf.ready], [[], DOCUMENT]);
});

test('an end that is read in the list before the upload is answered is taken up with the answer', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  const list = { documents: [DOCUMENT], jobs: [completed], more: false };
  assert.deepEqual(shelf.show(list, shelf.snapshot()), [], 'it might be another tab that sent it');
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }).state, 'completed');
  assert.deepEqual([keys(shelf), shelf.documents, shelf.ready], [[], [DOCUMENT], DOCUMENT]);
  assert.equal(shelf.take(completed), null, 'once');
});

test("a newcomer's file that is taken before its session is known, and ends meanwhile, is told", () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }), null);
  shelf.leaveSession({ goesOn: true });
  const list = { documents: [DOCUMENT], jobs: [completed], more: false };
  assert.deepEqual(shelf.show(list, shelf.snapshot()), [completed]);
  assert.deepEqual([keys(shelf), shelf.ready], [[], DOCUMENT]);
});

test('a failure that comes before the upload is answered is shown where the file was added', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  assert.equal(shelf.take(failed), null);
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }).state, 'failed');
  assert.deepEqual(shelf.rows().map(({ key, phase, seen }) => [key, phase, seen]), [['u1', 'failed', true]]);
});

test('an end that was told is not told again by a late answer to the upload', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'a.pdf', bytes: 1_000 });
  shelf.take(indexing);
  assert.equal(shelf.take(completed).state, 'completed');
  shelf.removed('doc_1');
  assert.equal(shelf.accepted('u1', { ...queued, duplicate: false }), null);
  assert.deepEqual([keys(shelf), shelf.documents, shelf.ready], [[], [], null]);
});

test('what was there already is said, and dismissed', () => {
  const shelf = new Shelf();
  shelf.sending('u1', { name: 'b.pdf', bytes: 1_000 });
  shelf.accepted('u1', { ...completed, duplicate: true });
  assert.deepEqual(keys(shelf), ['u1 duplicate']);
  shelf.drop('u1');
  assert.deepEqual(keys(shelf), []);
  shelf.sending('u2', { name: 'b.pdf', bytes: 1_000 });
  shelf.accepted('u2', { ...reading, jobId: 'job_2', duplicate: true });
  assert.deepEqual(keys(shelf), ['u2 ingest'], 'one that is still being read is followed');
});

test('a failure is told until it is dismissed, or the same file is tried again', () => {
  const gone = new Set();
  const shelf = new Shelf((jobId) => gone.has(jobId));
  shelf.take(reading);
  assert.equal(shelf.take(failed).state, 'failed');
  const [row] = shelf.rows();
  assert.deepEqual([row.phase, row.problem.title, row.problem.again, row.seen], ['failed', 'Locked', false, true]);
  gone.add('job_1');
  assert.deepEqual(keys(shelf), []);
  const other = new Shelf();
  other.show({ documents: [], jobs: [failed], more: false }, other.snapshot());
  assert.equal(other.rows()[0].seen, false, 'it ended before the page was there');
  other.sending('u1', { name: 'a.pdf', bytes: 1 });
  assert.deepEqual(keys(other), ['u1 upload']);
});

test('reading the list again takes out what is gone and keeps what is newer than the reading', () => {
  const shelf = new Shelf();
  const old = { ...DOCUMENT, id: 'doc_0' };
  shelf.show({ documents: [old], jobs: [indexing], more: false }, shelf.snapshot());
  assert.deepEqual([keys(shelf), shelf.documents], [['job_1 ingest'], [old]]);
  const before = shelf.snapshot();
  shelf.take(completed);
  shelf.show({ documents: [], jobs: [reading], more: true }, before);
  assert.deepEqual(shelf.documents, [DOCUMENT], 'old was deleted elsewhere, the new one is not in the list yet');
  assert.deepEqual([keys(shelf), shelf.more], [[], true]);
  shelf.show({ documents: [], jobs: [], more: false }, shelf.snapshot());
  assert.deepEqual([shelf.documents, shelf.ready], [[], null], 'nothing is suggested about what is gone');
});

test('an end that was missed is told when the list is read again', () => {
  const shelf = new Shelf();
  shelf.take(indexing);
  const other = { ...reading, jobId: 'job_2' };
  shelf.take(other);
  const list = { documents: [DOCUMENT], jobs: [{ ...failed, jobId: 'job_2' }, completed], more: false };
  assert.deepEqual(shelf.show(list, shelf.snapshot()).map(({ state }) => state), ['completed', 'failed']);
  assert.deepEqual([shelf.ready, keys(shelf)], [DOCUMENT, ['job_2 failed']]);
  assert.deepEqual(shelf.show(list, shelf.snapshot()), [], 'once');
});

test('a job that the gateway does not know any more has no row', () => {
  const shelf = new Shelf();
  shelf.take(queued);
  shelf.show({ documents: [], jobs: [], more: false }, shelf.snapshot());
  assert.deepEqual(keys(shelf), []);
  assert.deepEqual(shelf.underWay, []);
});

test('rows stand in the order in which the work began', () => {
  const shelf = new Shelf();
  const second = { ...queued, jobId: 'job_2', name: 'b.pdf' };
  shelf.show({ documents: [], jobs: [second, queued], more: false }, shelf.snapshot());
  shelf.sending('u1', { name: 'c.pdf', bytes: 1 });
  shelf.note('A folder cannot be added.');
  assert.deepEqual(keys(shelf), ['job_1 ingest', 'job_2 ingest', 'u1 upload', 'note note']);
  shelf.leaveSession({ goesOn: true });
  assert.deepEqual(keys(shelf), ['u1 upload', 'note note'], 'a file on its way stays, and what was said');
  shelf.leaveSession({ goesOn: false });
  assert.deepEqual([keys(shelf), shelf.read], [[], null]);
});

const item = (file, isDirectory = false) => ({
  kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory }),
});

test('files are told from folders and from what is neither', () => {
  const words = [{ kind: 'string', getAsFile: () => null }];
  assert.deepEqual(filesDropped({ items: [item('a'), item('b', true), ...words] }), { files: ['a'], folders: 1 });
  assert.deepEqual(filesDropped({ items: words, files: [] }), { files: [], folders: 0 });
  assert.deepEqual(filesDropped({ files: ['a'] }), { files: ['a'], folders: 0 }, 'without items');
  assert.equal(leftOut({ files: ['a'], folders: 0 }), null);
  assert.match(leftOut({ files: ['a'], folders: 1 }), /^Folders were left out/);
  assert.match(leftOut({ files: [], folders: 1 }), /^A folder cannot be added/);
  assert.match(leftOut({ files: [], folders: 0 }), /^That is not a file/);
});

test('a picture that only accompanies copied cells is not taken for a file', () => {
  assert.deepEqual(filesPasted({ types: ['Files', 'text/plain'], files: ['a'] }), ['a']);
  assert.deepEqual(filesPasted({ types: ['text/plain', 'text/html', 'Files'], files: ['a'] }), []);
});
