import assert from 'node:assert/strict';
import { problemOf } from './gateway.mjs';
import { scenario } from './scenario.mjs';

/** What was thought out to become something else on its way. */
const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>', '\'; DROP TABLE messages; --', '${7*7} {{7*7}} <%= 7*7 %>',
  'line\r\nSet-Cookie: a=b\r\n\r\n',
  'right\u202Eto left\u202C, \u200Bzero, e\u0301 and \u00e9, \u{1F468}\u200D\u{1F469}',
  '{"type":"run.finished"}\ndata: {"type":"run.finished"}\n\n', '../../etc/passwd', '\t\u00a0 blank '];

const JSON_BODY = { 'Content-Type': 'application/json' };
const post = (json) => ({ method: 'POST', json });

scenario('A008-01', 'all that is wrong with a request is told at once, each by its place', async (gateway) => {
  const me = await gateway.visitor();
  const wrong = post({ message: '', maxTokens: -1, onBusy: 'perhaps', mesage: 'typo' });
  const { errors } = await me.refused('/agent/chat', 400, 'invalid_request', wrong);
  const pointers = errors.map(({ pointer }) => pointer);
  assert.deepEqual(pointers.sort(), ['#/maxTokens', '#/mesage', '#/message', '#/onBusy']);
  assert.deepEqual(await me.history(), []);
});

scenario('A008-02', 'what is not strictly JSON is refused', async (gateway) => {
  const me = await gateway.visitor();
  const texts = ['{"message":', '{"message":"a","message":"b"}', '{"message":"a"} more', '{message:"a"}', 'null', '[]',
    '', '['.repeat(100), '\ufeff{"message":"a"'];
  for (const body of texts) {
    const response = await me.call('/agent/chat', { method: 'POST', body, headers: JSON_BODY });
    const problem = await response.json();
    assert.equal(response.status, 400, `${body}: ${JSON.stringify(problem)}`);
    assert.match(problem.code, /^(?:malformed_json|invalid_request)$/);
  }
  assert.deepEqual(await me.history(), []);
});

scenario('A008-03', 'whatever is said comes back to the character, and as text', async (gateway) => {
  const me = await gateway.visitor();
  for (const message of HOSTILE) {
    const answered = await me.call('/agent/chat', post({ message }));
    assert.equal(answered.status, 200, message);
    assert.match(answered.headers.get('content-type'), /^application\/json/);
    assert.equal(answered.headers.get('x-content-type-options'), 'nosniff');
    await answered.text();
  }
  const said = (await me.history()).filter(({ role }) => role === 'user').map(({ text }) => text);
  assert.deepEqual(said, HOSTILE);
});

scenario('A008-04', 'ids, cursors, pages and query parameters that are none are refused', async (gateway) => {
  const me = await gateway.visitor();
  await me.refused('/documents?limit=0', 400, 'invalid_request');
  await me.refused('/documents?cursor=%00', 400, 'invalid_request');
  await me.refused('/documents?lmit=3', 400, 'invalid_request');
  await me.refused('/agent/runs/run_nothing', 404, 'not_found');
  const { runId } = await me.chat('Hello');
  const headers = { 'Last-Event-ID': 'not-a-cursor' };
  await me.refused(`/agent/runs/${runId}/events`, 400, 'invalid_request', { headers });
});

scenario('A008-05', 'a WebSocket judges by the same rules, tells what is wrong, and stays', async (gateway) => {
  const me = await gateway.visitor();
  const socket = await me.socket();
  const { problem } = await socket.say('chat.send', { message: '', mesage: 'typo' });
  assert.equal(problem.code, 'invalid_request');
  assert.ok(problem.errors.some(({ pointer }) => pointer === '#/mesage'), JSON.stringify(problem));
  socket.send('{"type":');
  const told = await socket.until((message) => message.problem?.code === 'malformed_json');
  assert.equal(told.type, 'error');
  const unknown = await socket.say('chat.shout', { message: 'a' });
  assert.equal(unknown.problem.code, 'invalid_request');
  assert.equal((await socket.say('ping')).type, 'pong');
});

scenario('A008-06', 'a body that is too large is refused, and the next request is served', async (gateway) => {
  const me = await gateway.visitor();
  const body = JSON.stringify({ message: 'x'.repeat(2 ** 20) });
  const options = { method: 'POST', body, headers: JSON_BODY };
  await me.refused('/agent/chat', 413, 'body_too_large', options);
  await me.read('/sessions/current');
});

scenario('A008-08', 'a page of another site changes nothing', async (gateway) => {
  const me = await gateway.visitor();
  const response = await gateway.stranger().call('/sessions', { method: 'POST' });
  const Cookie = response.headers.getSetCookie()[0].split(';')[0];
  const foreign = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  const headers = { ...foreign, Cookie };
  const cross = await gateway.stranger().call('/agent/chat', { ...post({ message: 'a' }), headers });
  await problemOf(cross, 403, 'cross_site_refused');
  const form = { method: 'POST', body: 'message=a', headers: { 'Content-Type': 'text/plain' } };
  await me.refused('/agent/chat', 415, 'unsupported_media_type', form);
});

scenario('A008-09', 'a form that cannot be given or taken is refused by name', async (gateway) => {
  const me = await gateway.visitor();
  const headers = { Accept: 'image/png' };
  await me.refused('/agent/chat', 406, 'not_acceptable', { ...post({ message: 'a' }), headers });
  assert.deepEqual(await me.history(), []);
});
