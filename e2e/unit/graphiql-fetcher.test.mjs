import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { fetcher } from '../../adapters-http/src/main/resources/web/graphiql/fetcher.js';

const before = { definitions: [{ kind: 'OperationDefinition', operation: 'mutation', name: { value: 'Before' } }] };
const real = globalThis.fetch;
let sent;

beforeEach(() => {
  sent = [];
  globalThis.fetch = async (address, { headers, body }) => {
    sent.push({ accept: headers.Accept, ...JSON.parse(body) });
    return new Response('{"data":{}}', { headers: { 'Content-Type': 'application/json' } });
  };
});

afterEach(() => { globalThis.fetch = real; });

test('the name of the operation that was asked for is sent along', async () => {
  await fetcher({ query: 'query A { a } query B { b }', operationName: 'B' });
  assert.equal(sent[0].operationName, 'B');
});

test('a tab that was just opened is not asked by the name of the one before', async () => {
  await fetcher({ query: '# words\nquery Now { a }', operationName: 'Before' }, { documentAST: before });
  assert.equal(sent[0].operationName, undefined);
  assert.match(sent[0].accept, /graphql-response/);
});

test('a subscription in it is asked for as one all the same', () => {
  const asked = { query: '# words\nsubscription Now { a }', operationName: 'Before' };
  const results = fetcher(asked, { documentAST: before });
  results.subscribe({ next() {}, complete() {} });
  assert.equal(sent[0].accept, 'text/event-stream');
});
