import assert from 'node:assert/strict';
import { blocksOf } from './events.mjs';
import { scenario } from './scenario.mjs';

const QUESTION = 'What is a session?';

scenario('A005-01', 'a session is opened without a login, and its token is told once', async (gateway) => {
  const opened = await gateway.stranger().read('/sessions', { method: 'POST', status: 201 });
  assert.match(opened.sessionId, /^ses_[0-9a-z]{26}$/);
  assert.match(opened.token, /^[\w-]{43}$/);
  const headers = { Authorization: `Bearer ${opened.token}` };
  const current = await gateway.stranger().read('/sessions/current', { headers });
  assert.equal(current.sessionId, opened.sessionId);
  assert.ok(!JSON.stringify(current).includes(opened.token));
  assert.ok(Date.parse(current.expiresAt) > Date.now());
  assert.ok(Date.parse(current.latestExpiresAt) >= Date.parse(current.expiresAt));
});

scenario('A005-02', 'a browser is known by a cookie that no script can read', async (gateway) => {
  const response = await gateway.stranger().call('/sessions', { method: 'POST' });
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /; ?HttpOnly/i);
  assert.match(cookie, /; ?SameSite=Lax/i);
  const headers = { Cookie: cookie.split(';')[0] };
  const current = await gateway.stranger().read('/sessions/current', { headers });
  assert.equal(current.sessionId, (await response.json()).sessionId);
});

scenario('A005-01', 'a first message without a session opens one', async (gateway) => {
  const options = { method: 'POST', json: { message: QUESTION } };
  const response = await gateway.stranger().call('/agent/chat', options);
  assert.equal(response.status, 200);
  const headers = { Cookie: response.headers.getSetCookie()[0].split(';')[0] };
  const { sessionId } = await response.json();
  assert.equal((await gateway.stranger().read('/sessions/current', { headers })).sessionId, sessionId);
});

scenario('A005-03', 'what is another\'s is not there: history, answers, streams, jobs, documents', async (gateway) => {
  const [me, other] = [await gateway.visitor(), await gateway.visitor()];
  const { runId } = await me.chat(QUESTION);
  const [{ document: { id }, jobId }] = (await me.ingest(note())).slice(-1);
  const paths = [
    `/agent/chat/history/${me.sessionId}`, `/agent/runs/${runId}`, `/agent/runs/${runId}/events`,
    `/documents/${id}`, `/documents/status/${jobId}`, `/documents/status/${jobId}/events`];
  for (const path of paths) {
    await other.refused(path, 404, 'not_found');
    await gateway.stranger().refused(path, 401, 'session_required');
  }
  await other.refused(`/agent/runs/${runId}/cancel`, 404, 'not_found', { method: 'POST' });
  await other.refused(`/documents/${id}`, 404, 'not_found', { method: 'DELETE' });
  assert.equal((await me.read(`/documents/${id}`)).id, id);
});

function note() {
  return { name: 'note.txt', type: 'text/plain', content: `The note of ${Date.now()} and ${Math.random()}.` };
}

scenario('A005-04', 'a renewed session has a new token, and the old one is worth nothing', async (gateway) => {
  const me = await gateway.visitor();
  await me.chat(QUESTION);
  const old = me.token;
  const renewed = await me.read('/sessions/current/renew', { method: 'POST' });
  const headers = { Authorization: `Bearer ${old}` };
  await gateway.stranger().refused('/sessions/current', 401, 'session_required', { headers });
  me.token = renewed.token;
  assert.equal((await me.history()).length, 2);
});

scenario('A005-05', 'a session that is ended closes what it has open, and nothing of it is left', async (gateway) => {
  const me = await gateway.visitor();
  await me.chat(QUESTION);
  await me.ingest(note());
  const socket = await me.socket();
  const stream = await me.call('/sessions/current/events');
  assert.equal(stream.status, 200);
  assert.equal((await me.call('/sessions/current', { method: 'DELETE' })).status, 204);
  assert.equal(await socket.end(), 1008);
  for await (const block of blocksOf(stream)) assert.ok(block);
  await me.refused('/sessions/current', 401, 'session_required');
  await me.refused('/documents', 401, 'session_required');
});

scenario('A005-06', 'everything that is kept about somebody is exported in one file', async (gateway) => {
  const me = await gateway.visitor();
  await me.chat(QUESTION);
  const [{ document }] = (await me.ingest(note())).slice(-1);
  const response = await me.call('/sessions/current/export');
  assert.match(response.headers.get('content-disposition'), /^attachment/);
  const exported = await response.json();
  assert.equal(exported.session.sessionId, me.sessionId);
  assert.deepEqual(exported.messages, await me.history());
  assert.deepEqual(exported.documents.map(({ id }) => id), [document.id]);
});

scenario('A005-07', 'an administrator counts sessions and revokes one', async (gateway) => {
  const [me, boss] = [await gateway.visitor(), gateway.administrator()];
  assert.ok((await boss.read('/sessions/stats')).live >= 1);
  await me.refused('/sessions/stats', 403, 'admin_required');
  const socket = await me.socket();
  await me.refused(`/sessions/${me.sessionId}`, 403, 'admin_required', { method: 'DELETE' });
  assert.equal((await boss.call(`/sessions/${me.sessionId}`, { method: 'DELETE' })).status, 204);
  assert.equal(await socket.end(), 1008);
  await me.refused('/sessions/current', 401, 'session_required');
}, 'admin');
