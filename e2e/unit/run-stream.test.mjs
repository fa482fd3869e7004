import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gateway, newKey } from '../../adapters-http/src/main/resources/web/js/gateway.js';
import { isAfter } from '../../adapters-http/src/main/resources/web/js/run-stream.js';

const TIMING = { silence: 200, stale: 0, firstPause: 1, longestPause: 4 };

function frame(seq, type, rest = {}) {
  const cursor = `1-${seq}`;
  return `event: ${type}\nid: ${cursor}\ndata: ${JSON.stringify({ type, runId: 'run_1', cursor, ...rest })}\n\n`;
}

const STARTED = frame(1, 'run.started', { messageId: 'msg_2', userMessageId: 'msg_1', sessionId: 'ses_1' });
const word = (seq) => frame(seq, 'text.delta', { text: `w${seq} ` });
const FINISHED = frame(5, 'run.finished', { outcome: 'completed' });

/** A response that streams frames and then ends, breaks, or stays open in silence. */
function stream(frames, { end = 'close', signal, headers = {} } = {}) {
  const body = new ReadableStream({
    start(controller) {
      for (const each of frames) controller.enqueue(new TextEncoder().encode(each));
      if (end === 'close') controller.close();
      else if (end === 'break') setTimeout(() => controller.error(new TypeError('network error')), 1);
      else signal.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
  return new Response(body, { status: 200, headers: { 'Content-Type': 'text/event-stream', ...headers } });
}

function refusal(status, body, headers = {}) {
  const type = body ? 'application/problem+json' : 'text/html';
  const content = body ? JSON.stringify(body) : '<html>';
  return new Response(content, { status, headers: { 'Content-Type': type, ...headers } });
}

/** A gateway whose network plays a script, one entry for each request, and what a page would see of it. */
function scripted(script, timing = TIMING) {
  const seen = { requests: [], events: [], states: [], wakers: new Set() };
  const fetch = async (path, options) => {
    seen.requests.push({ path, method: options.method ?? 'GET', headers: options.headers });
    const play = script[seen.requests.length - 1];
    if (!play) throw new Error(`unexpected request ${path}`);
    return play(options);
  };
  const wake = (listener) => {
    seen.wakers.add(listener);
    return () => seen.wakers.delete(listener);
  };
  seen.gateway = new Gateway({ fetch, wake, timing, random: () => 0.5 });
  seen.leave = new AbortController();
  seen.handlers = {
    signal: seen.leave.signal,
    deliver: (event) => seen.events.push(event),
    onState: (state) => seen.states.push(state),
  };
  return seen;
}

const texts = (seen) => seen.events.filter(({ type }) => type === 'text.delta').map(({ text }) => text).join('');
const lost = () => Promise.reject(new TypeError('network error'));

test('an answer without trouble takes one request', async () => {
  const seen = scripted([() => stream([STARTED, word(2), word(3), word(4), FINISHED])]);
  assert.deepEqual(await seen.gateway.ask('hi', 'k1', seen.handlers).run(), { kind: 'finished' });
  assert.equal(texts(seen), 'w2 w3 w4 ');
  assert.equal(seen.requests[0].headers['Idempotency-Key'], '"k1"');
  assert.deepEqual(seen.states, ['open']);
  assert.equal(seen.wakers.size, 0, 'nothing stays registered');
});

for (const end of ['close', 'break']) {
  test(`a connection that ends by ${end} is resumed from the last cursor`, async () => {
    const seen = scripted([
      () => stream([STARTED, word(2)], { end }),
      lost,
      () => refusal(502),
      () => refusal(503, { code: 'draining' }),
      () => stream([word(3)], { end }),
      () => stream([word(4), FINISHED]),
    ]);
    assert.deepEqual(await seen.gateway.ask('hi', 'k', seen.handlers).run(), { kind: 'finished' });
    assert.equal(texts(seen), 'w2 w3 w4 ');
    assert.deepEqual(seen.requests.map(({ headers }) => headers['Last-Event-ID']),
      [undefined, '1-2', '1-2', '1-2', '1-2', '1-3']);
    assert.equal(seen.requests[1].path, '/agent/runs/run_1/events');
  });
}

test('an ask that breaks before the run has started is sent again with the same key', async () => {
  const seen = scripted([
    lost,
    () => refusal(502),
    () => stream([': heartbeat\n\n'], { end: 'break', headers: { 'X-Run-Id': 'run_1' } }),
    () => stream([STARTED, word(2), FINISHED]),
  ]);
  const run = seen.gateway.ask('hi', 'k', seen.handlers);
  assert.deepEqual(await run.run(), { kind: 'finished' });
  assert.deepEqual(seen.requests.map(({ method, headers }) => `${method} ${headers['Idempotency-Key']}`),
    Array(4).fill('POST "k"'));
  assert.equal(run.runId, 'run_1');
});

test('events that come twice or after the end are given once', async () => {
  const seen = scripted([
    () => stream([STARTED, word(2), word(3)], { end: 'break' }),
    () => stream([STARTED, word(2), word(3), word(3), word(4), FINISHED, word(6), FINISHED]),
  ]);
  await seen.gateway.ask('hi', 'k', seen.handlers).run();
  assert.equal(texts(seen), 'w2 w3 w4 ');
  assert.equal(seen.events.filter(({ type }) => type === 'run.finished').length, 1);
});

test('a notice is given, though it has no id of its own, and leaves the cursor where it was', async () => {
  const content = { type: 'notice', runId: 'run_1', code: 'store_unavailable', text: 'Not stored.' };
  const notice = `event: notice\ndata: ${JSON.stringify(content)}\n\n`;
  const seen = scripted([
    () => stream([notice, STARTED, word(2), notice, notice], { end: 'break' }),
    () => stream([notice, word(3), word(4), FINISHED, notice]),
  ]);
  assert.deepEqual(await seen.gateway.ask('hi', 'k', seen.handlers).run(), { kind: 'finished' });
  assert.equal(texts(seen), 'w2 w3 w4 ');
  assert.deepEqual(seen.events.filter(({ type }) => type === 'notice'), Array(4).fill(content));
  assert.equal(seen.requests[1].headers['Last-Event-ID'], '1-2');
});

test('a known run is followed from its beginning', async () => {
  const seen = scripted([() => stream([STARTED, word(2), FINISHED])]);
  assert.deepEqual(await seen.gateway.follow('run_1', seen.handlers).run(), { kind: 'finished' });
  assert.equal('Last-Event-ID' in seen.requests[0].headers, false);
});

for (const [status, kind] of [[204, 'over'], [401, 'gone'], [404, 'gone'], [410, 'gone']]) {
  test(`following ends with ${kind} at status ${status}`, async () => {
    const answer = () => (status === 204 ? new Response(null, { status }) : refusal(status, { code: 'x' }));
    const seen = scripted([() => stream([STARTED], { end: 'break' }), answer]);
    assert.deepEqual(await seen.gateway.ask('hi', 'k', seen.handlers).run(), { kind });
  });
}

test('a refusal of the gateway is told with its problem and not repeated', async () => {
  const seen = scripted([() => refusal(503, { code: 'agent_unavailable', title: 'No' }, { 'Retry-After': '7' })]);
  const ending = await seen.gateway.ask('hi', 'k', seen.handlers).run();
  assert.equal(ending.kind, 'refused');
  assert.equal(ending.problem.code, 'agent_unavailable');
  assert.equal(ending.problem.retryAfterSeconds, 7);
});

test('a proxy that only fails is given up on when asking', async () => {
  const seen = scripted(Array(6).fill(() => refusal(502)));
  const ending = await seen.gateway.ask('hi', 'k', seen.handlers).run();
  assert.deepEqual(ending, { kind: 'refused', problem: { status: 502 } });
  assert.equal(seen.requests.length, 6);
});

test('a stream in silence is dead, and heartbeats keep it alive', async () => {
  const silent = ({ signal }) => stream([STARTED, word(2)], { end: 'never', signal });
  const beating = ({ signal }) => {
    const body = new ReadableStream({
      async start(controller) {
        for (let beat = 0; beat < 4; beat += 1) {
          await new Promise((resolve) => setTimeout(resolve, 25));
          if (signal.aborted) return;
          controller.enqueue(new TextEncoder().encode(': heartbeat\n\n'));
        }
        controller.enqueue(new TextEncoder().encode(word(3) + FINISHED));
        controller.close();
      },
    });
    return new Response(body, { status: 200 });
  };
  const seen = scripted([silent, beating], { ...TIMING, silence: 60 });
  assert.deepEqual(await seen.gateway.ask('hi', 'k', seen.handlers).run(), { kind: 'finished' });
  assert.equal(texts(seen), 'w2 w3 ');
});

test('a stale connection is replaced, and a pause ended, as soon as the device wakes', async () => {
  const seen = scripted([
    ({ signal }) => stream([STARTED, word(2)], { end: 'never', signal }),
    lost,
    () => stream([word(3), FINISHED]),
  ], { silence: 60_000, stale: 0, firstPause: 60_000, longestPause: 60_000 });
  const done = seen.gateway.ask('hi', 'k', seen.handlers).run();
  const waker = setInterval(() => [...seen.wakers].forEach((wake) => wake()), 10);
  assert.deepEqual(await done, { kind: 'finished' });
  clearInterval(waker);
  assert.equal(texts(seen), 'w2 w3 ');
});

test('leaving ends the following at once, in a stream and in a pause', async () => {
  for (const play of [({ signal }) => stream([STARTED], { end: 'never', signal }), lost]) {
    const seen = scripted([play], { ...TIMING, firstPause: 60_000, longestPause: 60_000, silence: 60_000 });
    const done = seen.gateway.ask('hi', 'k', seen.handlers).run();
    setTimeout(() => seen.leave.abort(), 10);
    assert.deepEqual(await done, { kind: 'left' });
  }
});

test('unknown events and broken ones do no harm', async () => {
  const frames = [STARTED, frame(2, 'from.the.future'), 'data: {nonsense\n\n', word(3), FINISHED];
  const seen = scripted([() => stream(frames)]);
  assert.deepEqual(await seen.gateway.ask('hi', 'k', seen.handlers).run(), { kind: 'finished' });
  assert.equal(texts(seen), 'w3 ');
});

test('cursors are ordered by epoch, then by number', () => {
  assert.ok(isAfter('1-10', '1-9'));
  assert.ok(isAfter('2-1', '1-99'));
  assert.ok(!isAfter('1-9', '1-9'));
  assert.ok(!isAfter('1-99', '2-1'));
});

test('all pages of the history are read', async () => {
  const page = (items, nextCursor) => () => Response.json({ items, nextCursor });
  const seen = scripted([page([1, 2], 'a b'), page([3], null)]);
  assert.deepEqual(await seen.gateway.history('ses_1'), [1, 2, 3]);
  assert.equal(seen.requests[1].path, '/agent/chat/history/ses_1?limit=100&cursor=a%20b');
});

test('a call that fails tells its problem, also when nothing was reached', async () => {
  const broken = () => refusal(500, { code: 'internal', title: 'Oh' });
  const seen = scripted([broken, lost, () => refusal(401, { code: 'x' })]);
  await assert.rejects(seen.gateway.tools(), ({ problem }) => problem.code === 'internal');
  await assert.rejects(seen.gateway.tools(), ({ problem }) => problem.status === 0);
  assert.equal(await seen.gateway.session(), null);
});

test('keys are random UUIDs', () => {
  assert.match(newKey(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newKey(), newKey());
});
