import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { test } from 'node:test';

const WEB = fileURLToPath(new URL('../../adapters-http/src/main/resources/web/', import.meta.url));
const E2E = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 300;
const MAX_COLUMNS = 120;

/** What would let a text become markup or a script, or what the content security policy refuses. */
const FORBIDDEN = [
  [/\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment/, 'text as markup'],
  [/\beval\s*\(|new Function\s*\(|set(?:Timeout|Interval)\(\s*['"`]/, 'text as a script'],
  [/<[^>]*\sstyle\s*=|setAttribute\(\s*'style'/, 'a style attribute'],
  [/<[^>]*\son[a-z]+\s*=\s*["']/, 'a script in an attribute'],
  [/<script(?![^>]*\ssrc=)[^>]*>|<style/, 'an inline script or style'],
  [/(?:src|href)="https?:|url\(\s*['"]?https?:|@import/, 'something from another origin'],
  [/\bTO(?:DO)\b|\bFIX(?:ME)\b/, 'unfinished work'],
];

async function sources(folder, endings) {
  const names = await readdir(folder, { recursive: true });
  const kept = names.filter((name) => !name.startsWith('node_modules') && endings.test(name));
  return Promise.all(kept.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

test('files are short', async () => {
  const all = [...await sources(WEB, /\.(?:js|css|html)$/), ...await sources(E2E, /\.mjs$/)];
  assert.ok(all.length > 30, 'the files were found');
  for (const { name, text } of all) {
    const lines = text.split('\n');
    assert.ok(lines.length <= MAX_LINES + 1, `${name} has ${lines.length} lines`);
    lines.forEach((line, index) => assert.ok(line.length <= MAX_COLUMNS, `${name}:${index + 1} is too long`));
  }
});

test('no text can become markup, and nothing needs what the policy refuses', async () => {
  for (const { name, text } of await sources(WEB, /\.(?:js|css|html|svg)$/)) {
    for (const [pattern, what] of FORBIDDEN) assert.ok(!pattern.test(text), `${name} has ${what}`);
  }
});

test('the rule against markup can fail', () => {
  const bad = ['a.innerHTML = b', '<p style="x">', '<p onclick="x">', '<script>x</script>', 'setTimeout("x")'];
  for (const text of bad) assert.ok(FORBIDDEN.some(([pattern]) => pattern.test(text)), text);
});
