import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gateway } from '../../adapters-http/src/main/resources/web/js/gateway.js';

const TIMING = { silence: 60, stale: 0, firstPause: 1, longestPause: 2 };
const PROGRESS = 'event: document.progress\ndata: {"type":"document.progress","jobId":"job_1"}\n\n';

function stream(text, { signal } = {}) {
  return new Response(new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (signal) signal.addEventListener('abort', () => controller.error(signal.reason));
      else controller.close();
    },
  }), { headers: { 'Content-Type': 'text/event-stream' } });
}

/** Follows a session's stream whose network plays a script; when that is over, the follower leaves. */
async function follow(script) {
  const seen = { requests: [], events: [], opened: [] };
  const leave = new AbortController();
  const fetch = async (path, options) => {
    const play = script[seen.requests.length];
    seen.requests.push(path);
    if (!play) {
      leave.abort();
      throw new TypeError('network error');
    }
    return play(options);
  };
  const gateway = new Gateway({ fetch, wake: () => () => {}, timing: TIMING, random: () => 0.5 });
  seen.ending = await gateway.sessionStream({
    signal: leave.signal,
    deliver: (event) => seen.events.push(event),
    onOpen: (again) => seen.opened.push(again),
  }).run();
  return seen;
}

const lost = () => Promise.reject(new TypeError('network error'));

test('the stream is followed through ends, breaks and refusals, and its first opening is told as such', async () => {
  const seen = await follow([() => stream(PROGRESS), lost, () => new Response('', { status: 503 }),
    () => stream(`: heartbeat\n\n${PROGRESS}data: {nonsense\n\n`)]);
  assert.equal(seen.ending, 'left');
  assert.deepEqual(seen.events, Array(2).fill({ type: 'document.progress', jobId: 'job_1' }));
  assert.deepEqual(seen.opened, [false, true]);
  assert.ok(seen.requests.every((path) => path === '/sessions/current/events'));
});

test('a stream in silence is opened anew', async () => {
  const seen = await follow([({ signal }) => stream(PROGRESS, { signal }), () => stream(PROGRESS)]);
  assert.deepEqual(seen.opened, [false, true]);
});

for (const status of [401, 404]) {
  test(`a session without a stream is not asked again (${status})`, async () => {
    const seen = await follow([() => new Response('', { status })]);
    assert.deepEqual([seen.ending, seen.requests.length], ['gone', 1]);
  });
}

test('a message and an upload at the same time open one session', async () => {
  const paths = [];
  const fetch = async (path, { method }) => {
    paths.push(`${method} ${path}`);
    return path === '/sessions/current' ? new Response('', { status: 401 }) : Response.json({}, { status: 201 });
  };
  const gateway = new Gateway({ fetch, wake: () => () => {} });
  await gateway.session();
  assert.deepEqual(await Promise.all([gateway.openSession(), gateway.openSession()]), [true, true]);
  assert.equal(await gateway.openSession(), false);
  assert.deepEqual(paths, ['GET /sessions/current', 'POST /sessions']);
});

test('a session that is not given is told to each who asked', async () => {
  const fetch = async (path) => (path === '/sessions/current' ? new Response('', { status: 401 })
    : Response.json({ code: 'draining', title: 'Not now' }, { status: 503 }));
  const gateway = new Gateway({ fetch, wake: () => () => {} });
  await gateway.session();
  const results = await Promise.allSettled([gateway.openSession(), gateway.openSession()]);
  assert.deepEqual(results.map(({ reason }) => reason.problem.code), ['draining', 'draining']);
});

test('leaving does not wait for a session that is being opened', async () => {
  const fetch = async (path, { signal }) => (path === '/sessions/current' ? new Response('', { status: 401 })
    : new Promise((resolve, reject) => { signal.addEventListener('abort', () => reject(signal.reason)); }));
  const gateway = new Gateway({ fetch, wake: () => () => {} });
  await gateway.session();
  const leave = new AbortController();
  const opening = gateway.openSession(leave.signal);
  leave.abort();
  await assert.rejects(opening, ({ problem }) => problem.status === 0);
});
