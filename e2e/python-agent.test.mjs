import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Program } from './gateway-process.mjs';

let agent;
let gateway;

before(async () => {
  agent = await Program.pythonAgent('--pause', '0');
  gateway = await Program.gateway(`--agent.target=dns:///${agent.address}`);
});

after(async () => {
  assert.equal(await gateway?.stop(), 0, 'the gateway ends in order');
  await agent?.stop();
});

function chat(message, accept, headers = {}) {
  return fetch(`${gateway.address}/agent/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept, ...headers },
    body: JSON.stringify({ message }),
  });
}

function eventsOf(stream) {
  return stream.split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)));
}

test('an agent written in Python from the contract alone answers through the gateway', async () => {
  const response = await chat('count 50', 'application/json');
  assert.equal(response.status, 200);
  const { message } = await response.json();
  assert.equal(message.outcome, 'completed');
  assert.match(message.text, /50/);
});

test('its answer streams, every delta once and one ending', async () => {
  const body = await (await chat('count 200', 'text/event-stream')).text();
  const events = eventsOf(body);
  assert.equal(events[0].type, 'run.started');
  const endings = events.filter(({ type }) => type === 'run.finished');
  assert.equal(endings.length, 1);
  assert.equal(events.at(-1), endings[0]);
  const text = events.filter(({ type }) => type === 'text.delta').map((event) => event.text).join('');
  assert.equal(text, endings[0].message.text);
});

test('it sees the trace of whoever asked the gateway', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const response = await chat('trace', 'application/json', { traceparent });
  assert.equal(response.headers.get('x-trace-id'), '4bf92f3577b34da6a3ce929d0e0e4736');
  assert.equal((await response.json()).message.text, traceparent);
});

test('its tools are listed and can be tried', async () => {
  const { items } = await (await fetch(`${gateway.address}/agent/tools`)).json();
  assert.ok(items.length > 0);
});

test('an agent that breaks in mid-answer leaves what had come', async () => {
  const body = await (await chat('fail', 'text/event-stream')).text();
  const last = eventsOf(body).at(-1);
  assert.equal(last.type, 'run.finished');
  assert.equal(last.outcome, 'failed');
  assert.equal(last.error.code, 'agent_failed');
});
