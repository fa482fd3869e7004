import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BLOCK_DEPTH, parseBlocks } from '../../adapters-http/src/main/resources/web/js/markdown/blocks.js';
import { MAX_INLINE_DEPTH, parseInlines } from '../../adapters-http/src/main/resources/web/js/markdown/inline.js';
import { GrowingBlocks } from '../../adapters-http/src/main/resources/web/js/markdown/growing.js';
import { HOSTILE, MARKDOWN_SAMPLE } from './corpus.mjs';

/** A tree in brackets: short to write down, and equal only for equal trees. */
function inline(nodes) {
  const signs = { strong: 'b', emphasis: 'i', strike: 's' };
  return nodes.map((node) => {
    switch (node.type) {
      case 'text': return node.text;
      case 'code': return `‹${node.text}›`;
      case 'break': return '⏎';
      case 'cite': return `{${node.index}}`;
      case 'link': return `${node.image ? 'img' : 'a'}(${inline(node.children)}→${node.href})`;
      default: return `${signs[node.type]}(${inline(node.children)})`;
    }
  }).join('');
}

const BOXES = new Map([[undefined, ''], [true, '☑'], [false, '☐']]);

function outline(blocks) {
  return blocks.map((block) => {
    switch (block.type) {
      case 'heading': return `h${block.level}(${inline(block.inlines)})`;
      case 'paragraph': return `p(${inline(block.inlines)})`;
      case 'code': return `code[${block.language}](${block.text})`;
      case 'quote': return `quote(${outline(block.blocks)})`;
      case 'rule': return 'rule';
      case 'list': return `${block.ordered ? `ol${block.first}` : 'ul'}${block.tight ? '' : '~'}(${block.items
        .map((item) => `${BOXES.get(item.done)}${outline(item.blocks)}`).join('|')})`;
      default: return `table[${block.align}](${[block.head, ...block.rows.map((row) => row.cells)]
        .map((row) => row.map((cell) => inline(cell.inlines)).join('|')).join('/')})`;
    }
  }).join(' ');
}

const read = (source, options) => outline(parseBlocks(source, options));

function cases(name, table, run) {
  test(name, () => {
    for (const [source, expected] of table) assert.equal(run(source), expected, JSON.stringify(source));
  });
}

cases('inline markup is read', [
  ['*a* **b** ***c*** ~~d~~ `e`', 'i(a) b(b) i(b(c)) s(d) ‹e›'],
  ['snake_case_name and _this_ and 2 * 3 * 4', 'snake_case_name and i(this) and 2 * 3 * 4'],
  ['*foo**bar*', 'i(foo**bar)'],
  ['**a *b* c** d', 'b(a i(b) c) d'],
  ['*a __b* c__', 'i(a __b) c__'],
  ['`` a`b `` and ` `', '‹a`b› and ‹ ›'],
  ['\\*no\\* &amp; &lt;b&gt; &#65; &nope;', '*no* & <b> A &nope;'],
  ['one  \ntwo\\\nthree\nfour', 'one⏎two⏎three\nfour'],
  ['a<br>b <b>bold</b>', 'a⏎b <b>bold</b>'],
  ['about 5~6 ~and~ 7', 'about 5~6 ~and~ 7'],
], (source) => inline(parseInlines(source)));

cases('links, images and citations are read', [
  ['[a](https://x.y)', 'a(a→https://x.y)'],
  ['[a *b*](<x y> "t")', 'a(a i(b)→x y)'],
  ['![alt](p.png)', 'img(alt→p.png)'],
  ['[![badge](b.svg)](https://x.y)', 'a(img(badge→b.svg)→https://x.y)'],
  ['[a [b](c) d](e)', '[a a(b→c) d](e)'],
  ['see https://x.y/a_(b).', 'see a(https://x.y/a_(b)→https://x.y/a_(b)).'],
  ['<https://z.w>', 'a(https://z.w→https://z.w)'],
  ['(https://x.y)', '(a(https://x.y→https://x.y))'],
  ['true [1], also [2][3]. [1](x) [1234]', 'true {1}, also {2}{3}. a(1→x) [1234]'],
  ['*[a*](b)', '*a(a*→b)'],
], (source) => inline(parseInlines(source)));

cases('blocks are read', [
  ['# A #\n\nb\nc\n\n---\n## D', 'h1(A) p(b\nc) rule h2(D)'],
  ['Title\n===\ntext\n---', 'h1(Title) h2(text)'],
  ['```js\na\n\n  b\n```\nc', 'code[js](a\n\n  b) p(c)'],
  ['~~~\n```\n~~~', 'code[](```)'],
  ['    a\n\n    b', 'code[](a\n\nb)'],
  ['> a\nb\n>\n> > c\n\nd', 'quote(p(a\nb) quote(p(c))) p(d)'],
  ['- a\n- b\n\nc', 'ul(p(a)|p(b)) p(c)'],
  ['- a\n\n- b', 'ul~(p(a)|p(b))'],
  ['1. a\n  - b\n2. c', 'ol1(p(a) ul(p(b))|p(c))'],
  ['3) a\n\n   more\n4) b', 'ol3~(p(a) p(more)|p(b))'],
  ['- a\n  ```\n  x\n  ```\n- b', 'ul(p(a) code[](x)|p(b))'],
  ['- [ ] a\n- [x] b', 'ul(☐p(a)|☑p(b))'],
  ['- a\n* b', 'ul(p(a)) ul(p(b))'],
  ['text\n- a\n\n1986. A year', 'p(text) ul(p(a)) ol1986(p(A year))'],
  ['a\n2. b', 'p(a\n2. b)'],
  ['x\n|a|b|\n|:-:|-:|\n|1|2|\n|3\n\ny', 'p(x) table[center,right](a|b/1|2/3) p(y)'],
  ['|a\\|b|\n|-|\n|`c\\|d`|', 'table[left](a|b/‹c|d›)'],
  ['a | b', 'p(a | b)'],
  ['* * *\n***', 'rule rule'],
  ['a\r\nb\r\n\r\nc', 'p(a\nb) p(c)'],
  ['<div>\n**a**\n</div>', 'p(<div>\nb(a)\n</div>)'],
  ['```\nnever closed', 'code[](never closed)'],
], (source) => read(source));

cases('half-written markup does not flash', [
  ['a **bo', 'p(a b(bo))'],
  ['a **bold*', 'p(a b(bold))'],
  ['a **', 'p(a )'],
  ['`co', 'p(‹co›)'],
  ['see [x](https://exa', 'p(see a(x→null))'],
  ['| a | b', 'table[](a|b)'],
  ['| a | b |\n|--', 'table[](a|b)'],
  ['**a\n\nb', 'p(**a) p(b)'],
], (source) => read(source, { partial: true }));

test('every block knows where it stands in the source', () => {
  const walk = (blocks) => {
    for (const block of blocks) {
      const slice = MARKDOWN_SAMPLE.slice(block.start, block.end);
      assert.ok(block.start < block.end, JSON.stringify(block));
      assert.ok(!slice.startsWith('\n') && !slice.endsWith('\n'), JSON.stringify(slice));
      walk(block.blocks ?? []);
      for (const item of block.items ?? []) walk(item.blocks);
    }
  };
  const blocks = parseBlocks(MARKDOWN_SAMPLE);
  walk(blocks);
  const paragraph = blocks.find(({ type }) => type === 'paragraph');
  assert.equal(MARKDOWN_SAMPLE.slice(paragraph.start, paragraph.end),
    'A paragraph with **strong** words\nand [1] a citation.');
});

test('a text that grows by any step reads as it would at once', () => {
  for (const sample of [MARKDOWN_SAMPLE, ...HOSTILE.map(({ text }) => text.slice(0, 160))]) {
    for (const step of [1, 3, 7]) {
      const growing = new GrowingBlocks();
      for (let end = step; end < sample.length + step; end += step) {
        const text = sample.slice(0, end);
        growing.update(text, { partial: true });
        assert.deepEqual(growing.blocks, parseBlocks(text, { partial: true }), JSON.stringify(text));
      }
      growing.update(sample);
      assert.deepEqual(growing.blocks, parseBlocks(sample));
    }
  }
});

test('a random text that grows reads as it would at once', () => {
  const pieces = ['a', ' ', '\n', '\n\n', '#', '- ', '  ', '1. ', '> ', '|', '|-|', '```', '---', '***', '`', '==='];
  let seed = 42;
  const next = (bound) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % bound;
  };
  for (let round = 0; round < 1_500; round += 1) {
    const growing = new GrowingBlocks();
    let text = '';
    for (let size = 0; size < 14; size += 1) {
      text += pieces[next(pieces.length)];
      growing.update(text, { partial: true });
      assert.deepEqual(growing.blocks, parseBlocks(text, { partial: true }), JSON.stringify(text));
    }
  }
});

for (const { name, text } of HOSTILE) {
  test(`hostile input costs linear time: ${name}`, () => {
    // Work of the processor, not time on the clock: other work on the machine must not fail this.
    const begun = process.cpuUsage();
    for (const partial of [false, true]) assert.ok(depthOf(parseBlocks(text, { partial })) <= LIMIT);
    const spent = process.cpuUsage(begun);
    assert.ok(spent.user + spent.system < MAX_MICROSECONDS, 'far slower than linear');
  });
}

const MAX_MICROSECONDS = 5_000_000;
const LIMIT = MAX_BLOCK_DEPTH * 2 + MAX_INLINE_DEPTH + 6;

function depthOf(value) {
  let deepest = 0;
  const open = [[value, 0]];
  while (open.length > 0) {
    const [node, depth] = open.pop();
    deepest = Math.max(deepest, depth);
    for (const key of ['blocks', 'items', 'children', 'inlines', 'rows', 'cells', 'head']) {
      if (Array.isArray(node?.[key])) node[key].forEach((child) => open.push([child, depth + 1]));
    }
    if (Array.isArray(node)) node.forEach((child) => open.push([child, depth]));
  }
  return deepest;
}
