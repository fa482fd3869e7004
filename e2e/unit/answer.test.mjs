import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEvent, endingOf, newAnswer } from '../../adapters-http/src/main/resources/web/js/answer.js';
import { safeLink } from '../../adapters-http/src/main/resources/web/js/links.js';
import { explain } from '../../adapters-http/src/main/resources/web/js/problems.js';
import { UNSAFE_LINKS } from './corpus.mjs';

function answerOf(...events) {
  const answer = newAnswer();
  for (const event of events) applyEvent(answer, event);
  return answer;
}

const STARTED = { type: 'run.started', runId: 'run_1', messageId: 'msg_2' };

test('events become a message', () => {
  const answer = answerOf(
    STARTED,
    { type: 'reasoning.delta', text: 'hm' },
    { type: 'tool.started', callId: 'c', name: 'calculator', arguments: '{}' },
    { type: 'tool.finished', callId: 'c', ok: false, output: 'no' },
    { type: 'tool.finished', callId: 'unknown', ok: true },
    { type: 'text.delta', text: 'a' },
    { type: 'text.delta', text: 'b' },
    { type: 'citation.added', index: 1, title: 't', quote: 'q', url: '/library/x' },
    { type: 'citation.added', index: 1, title: 'again' },
    { type: 'never.heard.of' });
  assert.deepEqual([answer.id, answer.text, answer.reasoning, answer.live], ['msg_2', 'ab', 'hm', true]);
  assert.deepEqual(answer.toolCalls, [{ callId: 'c', name: 'calculator', arguments: '{}', ok: false, output: 'no' }]);
  assert.deepEqual(answer.citations.map(({ title }) => title), ['t']);
});

test('the stored message is the truth at the end, and what streamed where there is none', () => {
  const delta = { type: 'text.delta', text: 'seen' };
  const stored = answerOf(STARTED, delta, { type: 'run.finished', outcome: 'completed', message: { text: 'stored' } });
  assert.deepEqual([stored.text, stored.live, stored.outcome], ['stored', false, 'completed']);
  const failure = { type: 'run.finished', outcome: 'failed', message: null, error: { code: 'x' } };
  const bare = answerOf(STARTED, delta, failure);
  assert.deepEqual([bare.text, bare.outcome, bare.error.code], ['seen', 'failed', 'x']);
});

test('a notice is told while it holds, and no longer than the answer is being made', () => {
  const away = { type: 'notice', code: 'store_unavailable', text: 'Not stored.' };
  const back = { type: 'notice', code: 'store_available', text: 'Stored.' };
  const other = { type: 'notice', code: 'of.the.future', text: 'Something else.' };
  assert.equal(answerOf(STARTED).notice, null);
  assert.deepEqual(answerOf(STARTED, away, away).notice, { code: 'store_unavailable', text: 'Not stored.' });
  assert.equal(answerOf(STARTED, away, back).notice, null);
  assert.equal(answerOf(STARTED, back).notice, null);
  assert.equal(answerOf(STARTED, away, other).notice.text, 'Something else.');
  assert.equal(answerOf(STARTED, other, back).notice.text, 'Something else.', 'the store has nothing to do with it');
  assert.equal(answerOf(STARTED, away, { type: 'run.finished', outcome: 'completed' }).notice, null);
});

test('every outcome but completed is told in a plain sentence', () => {
  assert.equal(endingOf({ outcome: 'completed', text: 'a' }), null);
  assert.equal(endingOf({ outcome: 'cancelled', text: 'a' }).word, 'Stopped.');
  for (const outcome of ['interrupted', 'failed']) {
    assert.ok(endingOf({ outcome, text: 'a' }).again);
    assert.ok(endingOf({ outcome, text: '' }).sentence);
  }
  assert.equal(endingOf({ outcome: 'limited', error: { detail: 'Enough.' } }).sentence, 'Enough.');
});

test('problems are told in plain words', () => {
  const problem = { status: 503, code: 'agent_unavailable', title: 'x', retryAfterSeconds: 5 };
  const busy = explain(problem);
  const title = 'The agent is not available right now.';
  assert.deepEqual(busy, { title, detail: 'Try again in 5 seconds.', again: true, problem });
  assert.equal(explain({ status: 400, code: 'invalid_request', title: 'Bad', detail: 'Why' }).again, false);
  assert.ok(explain({ status: 0 }).again);
  assert.ok(explain({ status: 502 }).title);
});

test('only http(s) and paths of this origin become links', () => {
  const origin = 'https://gate.example';
  for (const href of UNSAFE_LINKS) assert.equal(safeLink(href, { origin }), null, JSON.stringify(href));
  assert.deepEqual(safeLink('https://x.y/a?b#c', { origin }), { href: 'https://x.y/a?b#c', external: true });
  assert.deepEqual(safeLink('/library/guides/agents.md#p=1-2', { origin }),
    { href: '/library/guides/agents#p=1-2', external: false });
  assert.deepEqual(safeLink('https://gate.example/status', { origin }), { href: '/status', external: false });
});

test('a relative link of a document leads to its neighbour in the library', () => {
  const options = { origin: 'https://gate.example', base: 'https://gate.example/library/guides/agents.md' };
  assert.equal(safeLink('../reference/streaming.md#resume', options).href, '/library/reference/streaming#resume');
  assert.equal(safeLink('other.md', options).href, '/library/guides/other');
  for (const href of ['javascript:alert(1)', '//evil.example', 'data:,x', '\\\\evil.example']) {
    assert.equal(safeLink(href, options), null, href);
  }
});
