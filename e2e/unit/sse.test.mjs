import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvents, SseParser } from '../../adapters-http/src/main/resources/web/js/sse.js';

const STREAM = ': heartbeat\nretry: 1000\n\nevent: text.delta\nid: 1-1\ndata: {"text":"é € 😀"}\n\n'
  + 'data: first\ndata:second\ndata\nid: 1-2\n\n: only a comment\n\nevent: lonely\n\ndata:  two spaces\nunknown: x\n\n';

const EVENTS = [
  { event: 'text.delta', id: '1-1', data: '{"text":"é € 😀"}' },
  { event: 'message', id: '1-2', data: 'first\nsecond\n' },
  { event: 'message', id: '1-2', data: ' two spaces' },
];

async function readBytes(chunks) {
  const events = [];
  let touched = 0;
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  await readEvents(body, { onChunk: () => { touched += 1; }, onEvent: (event) => events.push(event) });
  return { events, touched };
}

for (const [name, feed] of [['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']]) {
  test(`events are read with ${name}, cut at every byte`, async () => {
    const bytes = new TextEncoder().encode(STREAM.replaceAll('\n', feed));
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { events } = await readBytes([bytes.slice(0, cut), bytes.slice(cut)]);
      assert.deepEqual(events, EVENTS, `cut at ${cut}`);
    }
  });

  test(`events are read with ${name}, byte by byte`, async () => {
    const bytes = new TextEncoder().encode(STREAM.replaceAll('\n', feed));
    const { events, touched } = await readBytes(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    assert.deepEqual(events, EVENTS);
    assert.equal(touched, bytes.length, 'every chunk counts as a sign of life');
  });
}

test('an event is given as soon as its blank line is there', () => {
  const parser = new SseParser();
  assert.deepEqual(parser.push('data: a\r'), []);
  assert.equal(parser.push('\n\r').length, 1);
  assert.deepEqual(parser.push('\n'), []);
});

test('what the end of the stream leaves incomplete is not given', async () => {
  const { events } = await readBytes([new TextEncoder().encode('data: a\n\nid: 9\ndata: half')]);
  assert.deepEqual(events, [{ event: 'message', id: '', data: 'a' }]);
});

test('a byte order mark and an id with a null are ignored', () => {
  const events = new SseParser().push('\ufeffid: 1\nid: 2\0\ndata: a\n\n');
  assert.deepEqual(events, [{ event: 'message', id: '1', data: 'a' }]);
});
