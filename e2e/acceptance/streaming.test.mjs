import assert from 'node:assert/strict';
import { all, textOf, until, whole } from './gateway.mjs';
import { scenario } from './scenario.mjs';

const QUESTION = 'Which events does a stream have?';

/** Reads until this holds of what came, and leaves. */
async function readUntil(events, holds) {
  const found = [];
  for await (const event of events) {
    found.push(event);
    if (holds(found)) break;
  }
  return found;
}

const hasDeltas = (count) => (events) => events.filter(({ type }) => type === 'text.delta').length >= count;
const lastCursor = (events) => events.findLast(({ cursor }) => cursor).cursor;

scenario('A002-01', 'an answer comes piece by piece, begins with its start and has one ending', async (gateway) => {
  const me = await gateway.visitor();
  const events = await all(await me.stream(QUESTION));
  assert.equal(events[0].type, 'run.started');
  assert.ok(hasDeltas(2)(events), 'more than one piece');
  const message = whole(events);
  assert.equal(message.outcome, 'completed');
  assert.deepEqual(message, (await me.history())[1]);
});

scenario('A002-02',
  'whoever leaves again and again in mid-answer loses no word and gets none twice', async (gateway) => {
  const me = await gateway.visitor();
  const seen = await readUntil(await me.stream(QUESTION), hasDeltas(2));
  const { runId } = seen[0];
  let leaves = 0;
  while (seen.at(-1).type !== 'run.finished') {
    const more = await readUntil(await me.follow(runId, lastCursor(seen)), hasDeltas(leaves < 5 ? 3 : Infinity));
    seen.push(...more);
    leaves += 1;
  }
  assert.ok(leaves > 1, 'the answer was left in the middle');
  assert.equal(whole(seen).outcome, 'completed');
  const behind = await me.call(`/agent/runs/${runId}/events`, { headers: { 'Last-Event-ID': lastCursor(seen) } });
  assert.equal(behind.status, 204);
});

scenario('A002-02', 'an answer that is over is read again from any cursor', async (gateway) => {
  const me = await gateway.visitor();
  const events = await all(await me.stream(QUESTION));
  const { runId } = events[0];
  const again = await all(await me.follow(runId));
  assert.equal(textOf(again), whole(events).text);
  const middle = events[Math.floor(events.length / 2)];
  const before = textOf(events.slice(0, events.indexOf(middle) + 1));
  assert.equal(before + textOf(await all(await me.follow(runId, middle.cursor))), whole(events).text);
});

scenario('A002-03', 'a WebSocket carries the same answer, and replies say to what', async (gateway) => {
  const me = await gateway.visitor();
  const socket = await me.socket();
  assert.deepEqual([socket.ready.type, socket.ready.sessionId], ['ready', me.sessionId]);
  assert.equal((await socket.say('ping')).type, 'pong');
  const { type, runId } = await socket.say('chat.send', { message: QUESTION, clientMessageId: 'q1' });
  assert.equal(type, 'chat.accepted');
  const message = whole(await socket.eventsOf(runId));
  assert.deepEqual(message, (await me.read(`/agent/runs/${runId}`)).message);
});

scenario('A002-04', 'a WebSocket takes up where a stream of events was left', async (gateway) => {
  const me = await gateway.visitor();
  const seen = await readUntil(await me.stream(QUESTION), hasDeltas(3));
  const { runId } = seen[0];
  const socket = await me.socket({ resume: [{ runId, after: lastCursor(seen) }] });
  const rest = await socket.eventsOf(runId);
  assert.equal(whole([...seen, ...rest]).outcome, 'completed');
});

scenario('A002-05', 'five viewers on two transports see the same answer', async (gateway) => {
  const me = await gateway.visitor();
  const runId = await me.start(QUESTION);
  const socket = await me.socket({ resume: [{ runId }] });
  const streams = await Promise.all(Array.from({ length: 4 }, () => me.follow(runId)));
  const seen = await Promise.all([socket.eventsOf(runId), ...streams.map(all)]);
  const texts = new Set(seen.map((events) => whole(events).text));
  assert.equal(texts.size, 1);
});

scenario('A002-06', 'an answer that is stopped ends for every viewer with what had come', async (gateway) => {
  const me = await gateway.visitor();
  const other = await me.socket();
  const watched = await me.stream(QUESTION);
  const seen = [];
  for await (const event of watched) {
    seen.push(event);
    if (event.type === 'run.started') other.send(JSON.stringify({ type: 'run.follow', runId: event.runId }));
    if (hasDeltas(3)(seen) && event.type === 'text.delta') assert.equal((await me.cancel(event.runId)).status, 202);
  }
  const message = whole(seen);
  assert.equal(message.outcome, 'cancelled');
  assert.ok(message.text.length > 0);
  assert.deepEqual(whole(await other.eventsOf(seen[0].runId)), message);
  assert.deepEqual((await me.history())[1], message);
  assert.equal((await me.cancel(seen[0].runId)).status, 202, 'it may be repeated');
});

scenario('A002-07', 'an answer that nobody watches is finished all the same', async (gateway) => {
  const me = await gateway.visitor();
  const [{ runId }] = await readUntil(await me.stream(QUESTION), (events) => events.length > 0);
  const run = await until(async () => {
    const now = await me.read(`/agent/runs/${runId}`);
    return now.status === 'finished' && now;
  });
  assert.equal(run.message.outcome, 'completed');
});

scenario('A002-05', 'the session says which answer is being made, so that another tab finds it', async (gateway) => {
  const me = await gateway.visitor();
  const runId = await me.start(QUESTION);
  assert.equal((await me.read('/sessions/current')).activeRunId, runId);
  assert.equal((await me.socket()).ready.activeRunId, runId);
  await me.cancel(runId);
  await until(async () => (await me.read('/sessions/current')).activeRunId === null);
});
