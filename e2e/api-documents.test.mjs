import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import { createConfig, lint } from '@redocly/openapi-core';

const document = (name) => fileURLToPath(new URL(`../adapters-http/src/main/resources/api/${name}`, import.meta.url));

test('openapi.yaml is what others expect of an OpenAPI document', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lint({ ref: document('openapi.yaml'), config });
  assert.deepEqual(problems.map(({ ruleId, location }) => `${ruleId} ${location[0].pointer}`).sort(), [
    // An endpoint's id begins with "ep_": none is called "deliveries", which the rule does not know.
    'no-ambiguous-paths #/paths/~1webhooks~1{webhookId}~1deliveries',
    'no-ambiguous-paths #/paths/~1webhooks~1{webhookId}~1recover',
    'no-ambiguous-paths #/paths/~1webhooks~1{webhookId}~1rotate-secret',
    'no-ambiguous-paths #/paths/~1webhooks~1{webhookId}~1stats',
    'no-ambiguous-paths #/paths/~1webhooks~1{webhookId}~1test',
    // A handshake that succeeds is answered with 101.
    'operation-2xx-response #/paths/~1ws~1chat/get/responses',
  ]);
});

test('asyncapi.yaml is what others expect of an AsyncAPI document', async () => {
  const { document: parsed, diagnostics } = await new Parser().parse(await readFile(document('asyncapi.yaml'), 'utf8'));
  assert.ok(parsed, 'it can be read');
  assert.deepEqual(diagnostics.map(({ code }) => code), [
    // 3.0 is what most tools can read.
    'asyncapi-latest-version',
  ]);
});
