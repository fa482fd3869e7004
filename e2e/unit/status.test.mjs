import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byMinute, KEPT, minutesOf, Model } from '../../adapters-http/src/main/resources/web/status/model.js';
import {
  count, duration, percent, rate, seconds, size,
} from '../../adapters-http/src/main/resources/web/status/words.js';

const START = Date.parse('2026-01-02T03:00:00Z');
const MINUTE = 60_000;
const iso = (millis) => new Date(millis).toISOString();

function history(series = undefined) {
  return { components: [{ component: 'agent', changes: [{ status: 'pass', at: iso(START) }] }], series };
}

function snapshot(at, { status = 'pass', since = START, admitted = 1, limits = undefined } = {}) {
  return {
    at: iso(at),
    components: [{ component: 'agent', status, since: iso(since) }],
    details: {
      limits: limits ?? [{ policy: 'chat', admitted, refused: 0, shadow: 0, near: 0 }],
      cache: { namespaces: [{ namespace: 'tools', hitRatio: null }] },
      jvm: { heapBytes: 1024, threads: 3 },
    },
  };
}

test('the bars show the worst of each minute, and what is not known', () => {
  const now = START + 2 * MINUTE;
  const minutes = minutesOf([
    { status: 'pass', at: START },
    { status: 'fail', at: START + MINUTE + 10_000 },
    { status: 'pass', at: START + MINUTE + 12_000 },
  ], now);
  assert.equal(minutes.length, 60);
  assert.deepEqual(minutes.slice(-3), [null, 'pass', 'fail']);
});

test('a change is remembered once', () => {
  const model = new Model();
  model.begin(history());
  model.take(snapshot(START + 2_000));
  model.take(snapshot(START + 4_000, { status: 'fail', since: START + 3_000 }));
  model.take(snapshot(START + 6_000, { status: 'fail', since: START + 3_000 }));
  assert.deepEqual(model.components.get('agent').map(({ status }) => status), ['pass', 'fail']);
});

test('snapshots go on where the history ends, and what is too old goes', () => {
  const model = new Model();
  model.begin(history({
    times: [iso(START)],
    limits: [{ policy: 'chat', admitted: [7], refused: [0], shadow: [0], near: [0] }],
    cache: [],
    heapBytes: [1],
    threads: [1],
  }));
  model.take(snapshot(START, { admitted: 9 }));
  assert.deepEqual(model.numbers('limits/chat/admitted'), [7], 'the history has it already');
  model.take(snapshot(START + 2_000));
  assert.deepEqual(model.numbers('limits/chat/admitted'), [7, 1]);
  assert.deepEqual(model.numbers('cache/tools'), [null, null]);
  model.take(snapshot(START + 4_000, { limits: [{ policy: 'new', admitted: 2, refused: 0, shadow: 0, near: 0 }] }));
  assert.deepEqual(model.numbers('limits/new/admitted'), [0, 0, 2]);
  assert.deepEqual(model.numbers('limits/chat/admitted'), [7, 1, 0]);
  model.take(snapshot(START + 3_000 + KEPT));
  assert.deepEqual(model.times, [START + 4_000, START + 3_000 + KEPT]);
  assert.deepEqual(model.numbers('limits/chat/admitted'), [0, 1]);
});

test('figures go on where those of the history end, and are unknown while they are not told', () => {
  const model = new Model();
  model.begin(history({
    times: [iso(START)], limits: [], cache: [], heapBytes: [1], threads: [1], figures: { requests: [5] },
  }));
  const next = snapshot(START + 2_000);
  next.details.figures = { requests: 6, firstDeltaP50: 0.4 };
  model.take(next);
  model.take(snapshot(START + 4_000));
  assert.deepEqual(model.numbers('figures/requests'), [5, 6, null]);
  assert.deepEqual(model.numbers('figures/firstDeltaP50'), [null, 0.4, null]);
});

test('numbers have a bound, however fast they come', () => {
  const model = new Model();
  model.begin(history());
  for (let i = 0; i < 2_000; i += 1) model.take(snapshot(START + i));
  assert.equal(model.times.length, 600);
  assert.equal(model.numbers('heap').length, 600);
});

test('the table has the mean of each minute, the latest first', () => {
  const rows = byMinute([START, START + 1_000, START + MINUTE], [[1, 3, null], [null, null, 5]]);
  assert.deepEqual(rows, [{ at: START + MINUTE, means: [null, 5] }, { at: START, means: [2, null] }]);
});

test('numbers are written for people', () => {
  assert.equal(duration(0), '0 s');
  assert.equal(duration(3_723_000), '1\u00a0h 2\u00a0min');
  assert.equal(percent(0.99999), '99.9\u00a0%');
  assert.equal(percent(null), '–');
  assert.equal(rate(0.333), '0.33/s');
  assert.equal(rate(123.4), '123/s');
  assert.equal(seconds(null), '–');
  assert.equal(seconds(0), '0\u00a0ms');
  assert.equal(seconds(0.000031), '31\u00a0µs');
  assert.equal(seconds(0.0042), '4.2\u00a0ms');
  assert.equal(seconds(0.21), '210\u00a0ms');
  assert.equal(seconds(2.34), '2.3\u00a0s');
  assert.equal(count(null), '–');
  assert.equal(count(999), '999');
  assert.equal(size(97 * 2 ** 20), '97 MiB');
  assert.equal(size(512), '512 B');
});
