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

for (const [status, ending] of [[401, 'ended'], [404, 'gone']]) {
  test(`a session without a stream is not asked again (${status})`, async () => {
    const seen = await follow([() => new Response('', { status })]);
    assert.deepEqual([seen.ending, seen.requests.length], [ending, 1]);
  });
}

test('a key that was good and is refused is tried once more, for another tab may be replacing it', async () => {
  const refused = () => new Response('', { status: 401 });
  const renewed = await follow([() => stream(PROGRESS), refused, () => stream(PROGRESS), refused]);
  assert.deepEqual([renewed.ending, renewed.opened], ['left', [false, true]]);
  const ended = await follow([() => stream(PROGRESS), refused, refused]);
  assert.deepEqual([ended.ending, ended.requests.length], ['ended', 3]);
});

test('calls wait while the key is being replaced, and go out with the new one', async () => {
  const order = [];
  let answer;
  const fetch = (path, { method = 'GET' }) => {
    order.push(`${method} ${path}`);
    if (!path.endsWith('renew')) return Promise.resolve(Response.json({ items: [] }));
    return new Promise((resolve) => {
      answer = () => {
        order.push('new key');
        resolve(Response.json({ sessionId: 'ses_1', token: 'secret', expiresAt: 'soon' }));
      };
    });
  };
  const gateway = new Gateway({ fetch, wake: () => () => {} });
  const renewing = gateway.renewSession();
  const jobs = gateway.jobs();
  answer();
  assert.deepEqual(await renewing, { sessionId: 'ses_1', expiresAt: 'soon' }, 'the key stays in the cookie');
  await jobs;
  assert.deepEqual(order, ['POST /sessions/current/renew', 'new key', 'GET /documents/status']);
});

test('a key that is not replaced holds nothing up', async () => {
  const fetch = (path) => (path.endsWith('renew') ? Promise.reject(new TypeError('network error'))
    : Promise.resolve(Response.json({ items: [] })));
  const gateway = new Gateway({ fetch, wake: () => () => {} });
  const renewing = assert.rejects(gateway.renewSession(), ({ problem }) => problem.status === 0);
  assert.deepEqual(await gateway.jobs(), []);
  await renewing;
});

test('a call that is refused because the session is over tells so', async () => {
  let over = 0;
  const fetch = async () => Response.json({ code: 'session_required' }, {
    status: 401, headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'req_1' },
  });
  const gateway = new Gateway({ fetch, wake: () => () => {}, sessionOver: () => { over += 1; } });
  assert.equal(await gateway.session(), null, 'here it is an answer');
  assert.equal(over, 0);
  await assert.rejects(gateway.jobs(), ({ problem }) => problem.requestId === 'req_1');
  assert.equal(over, 1);
});

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
