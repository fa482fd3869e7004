import assert from 'node:assert/strict';
import { until } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const QUESTION = 'How do I connect my own agent?';
const OTHER = 'What happens when Redis is down?';

scenario('A001-01 A001-02', 'a message is answered whole, and the history holds both', async (gateway) => {
  const me = await gateway.visitor();
  const { runId, sessionId, message } = await me.chat(QUESTION);
  assert.deepEqual([message.role, message.outcome, message.runId], ['assistant', 'completed', runId]);
  assert.equal(sessionId, me.sessionId);
  assert.ok(message.text.length > 0);
  const [question, answer, ...more] = await me.history();
  assert.deepEqual([question.role, question.text, question.runId], ['user', QUESTION, runId]);
  assert.deepEqual(answer, message);
  assert.deepEqual(more, []);
});

scenario('A001-02', 'the history comes in pages, oldest first', async (gateway) => {
  const me = await gateway.visitor();
  for (const question of [QUESTION, OTHER]) await me.chat(question);
  const whole = await me.history();
  const walked = [];
  let cursor = '';
  do {
    const page = await me.read(`/agent/chat/history/${me.sessionId}?limit=3${cursor}`);
    walked.push(...page.items);
    cursor = page.nextCursor && `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor);
  assert.deepEqual(walked, whole);
  assert.deepEqual(whole.map(({ role }) => role), ['user', 'assistant', 'user', 'assistant']);
});

scenario('A001-03', 'a history that is cleared is empty, and the session goes on', async (gateway) => {
  const me = await gateway.visitor();
  await me.chat(QUESTION);
  assert.equal((await me.call(`/agent/chat/history/${me.sessionId}`, { method: 'DELETE' })).status, 204);
  assert.deepEqual(await me.history(), []);
  await me.chat(OTHER);
  assert.equal((await me.history()).length, 2);
});

scenario('A001-04', 'an answer is made without anybody who waits, and is fetched later', async (gateway) => {
  const me = await gateway.visitor();
  const headers = { Prefer: 'respond-async' };
  const accepted = await me.call('/agent/chat', { method: 'POST', json: { message: QUESTION }, headers });
  assert.equal(accepted.status, 202);
  const { runId } = await accepted.json();
  assert.match(accepted.headers.get('location'), new RegExp(`/agent/runs/${runId}$`));
  const run = await until(async () => {
    const now = await me.read(`/agent/runs/${runId}`);
    return now.status === 'finished' && now;
  });
  assert.equal(run.message.outcome, 'completed');
  assert.deepEqual(run.message, (await me.history())[1]);
});

scenario('A001-05', 'the tools of the agent are listed, and one is tried', async (gateway) => {
  const me = await gateway.visitor();
  const { items } = await me.read('/agent/tools');
  const clock = items.find(({ name }) => name === 'current_time');
  assert.ok(clock, JSON.stringify(items));
  assert.equal(clock.parameters.type, 'object');
  const tried = { method: 'POST', json: { name: 'current_time', arguments: {} } };
  const { ok, output } = await me.read('/agent/tools/test', tried);
  assert.ok(ok);
  assert.match(output, /\d{4}-\d\d-\d\d/);
  const unknown = { method: 'POST', json: { name: 'no_such_tool' } };
  await me.refused('/agent/tools/test', 404, 'not_found', unknown);
});

scenario('A001-06', 'a message that is sent twice with its key is answered once', async (gateway) => {
  const me = await gateway.visitor();
  const send = (message) => me.call('/agent/chat', {
    method: 'POST', json: { message }, headers: { 'Idempotency-Key': 'first-question' },
  });
  const [one, two] = await Promise.all([send(QUESTION), send(QUESTION)]);
  assert.deepEqual([one.status, two.status], [200, 200]);
  assert.deepEqual(await one.json(), await two.json());
  assert.equal((await me.history()).length, 2);
  const other = await send(OTHER);
  assert.equal(other.status, 422);
  assert.equal((await other.json()).code, 'idempotency_key_reused');
});

scenario('A001-07', 'a second message is refused while one is answered, or takes its place', async (gateway) => {
  const me = await gateway.visitor();
  const first = await me.start(QUESTION);
  const busy = await me.refused('/agent/chat', 409, 'run_in_progress', { method: 'POST', json: { message: OTHER } });
  assert.equal(busy.runId, first);
  const { message } = await me.chat(OTHER, { onBusy: 'interrupt' });
  assert.equal(message.outcome, 'completed');
  const interrupted = await me.read(`/agent/runs/${first}`);
  assert.deepEqual([interrupted.status, interrupted.message.outcome], ['finished', 'cancelled']);
});

scenario('A001-11', 'an answer names the passages that it rests on, word for word', async (gateway) => {
  const me = await gateway.visitor();
  const { message } = await me.chat(QUESTION);
  assert.ok(message.citations.length > 0);
  for (const { index, title, quote } of message.citations) {
    assert.ok(title && quote);
    assert.ok(message.text.includes(`[${index}]`) || message.text.includes(quote), `${index} is referred to`);
  }
});
