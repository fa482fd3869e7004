import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  distanceInWords, mayHaveEnded, momentInWords,
} from '../../adapters-http/src/main/resources/web/js/session/words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('how far a moment lies is told in the unit that fits', () => {
  const told = (apart) => distanceInWords(1_000_000_000_000 + apart, 1_000_000_000_000);
  assert.deepEqual([30 * DAY, 2 * DAY, 2 * DAY - 1, 23 * HOUR, 1.5 * HOUR, 89 * MINUTE, MINUTE, MINUTE - 1].map(told), [
    'in 30 days', 'in 2 days', 'in 48 hours', 'in 23 hours', 'in 2 hours', 'in 89 minutes', 'in 1 minute',
    'in less than a minute']);
  assert.deepEqual([0, -5_000, -MINUTE, -3 * HOUR, -3 * DAY].map(told), [
    'just now', 'just now', '1 minute ago', '3 hours ago', '3 days ago']);
});

test('a moment is told with its day and its time', () => {
  assert.match(momentInWords('2026-03-01T12:00:00Z', 'en-GB'), /^(28 February|1 March|2 March) 2026.*\d\d:\d\d$/);
});

test('a session may have ended once its known end has come', () => {
  const session = { expiresAt: '2026-01-01T00:00:10Z' };
  const at = (second) => Date.parse('2026-01-01T00:00:00Z') + second * 1_000;
  assert.deepEqual([9, 10, 11].map((second) => mayHaveEnded(session, at(second))), [false, true, true]);
  for (const unknown of [null, {}, { expiresAt: null }]) assert.equal(mayHaveEnded(unknown, at(11)), false);
});
