import { parseInlines } from './inline.js';
import { cut, indentOf, isBlank, outdent, splitLines } from './lines.js';
import { readList, startsList } from './lists.js';
import { readTable, startsTable } from './tables.js';

/** Deepest nesting of quotes and lists; what is deeper is read as paragraphs. */
export const MAX_BLOCK_DEPTH = 12;

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const QUOTE = /^ {0,3}>[ \t]?/;
const UNDERLINE = /^ {0,3}(?:={3,}|-{3,})[ \t]*$/;

/**
 * The block tree of a Markdown source. Every block carries `start` and `end`, its offsets in the source.
 * Blocks: heading {level, inlines} · paragraph {inlines} · code {language, text} · quote {blocks} · rule ·
 * list {ordered, first, tight, items: [{blocks}]} · table {align, head: [{inlines}], rows: [{cells: [{inlines}]}]}.
 * `from` starts at a later offset, which must be where a block begins; `partial` says that more text will follow.
 */
export function parseBlocks(source, { from = 0, partial = false } = {}) {
  return parseLines(splitLines(source, from), { depth: 0, partial });
}

/** The blocks of lines from which the marks of the blocks around them are already cut. */
export function parseLines(lines, context) {
  const blocks = [];
  for (let at = 0; at < lines.length;) {
    if (isBlank(lines[at])) {
      at += 1;
      continue;
    }
    const { block, next } = readBlock(lines, at, context);
    block.start = lines[at].at;
    block.end = lines[next - 1].end;
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines, at, context) {
  for (const read of READERS) {
    const found = read(lines, at, context);
    if (found) return found;
  }
  return readParagraph(lines, at, context);
}

const READERS = [readIndented, readFence, readHeading, readRule, readQuote, readNestedList, readTableHere];

/** Options for the text of a block that ends before line `next`: only the last text can be half written. */
export function textOptions(lines, next, context) {
  const last = lines.at(-1).text === '' ? lines.length - 1 : lines.length;
  return { partial: context.partial && next >= last };
}

function readIndented(lines, at) {
  if (indentOf(lines[at].text) < 4) return null;
  let next = at;
  let last = at;
  for (; next < lines.length; next += 1) {
    if (isBlank(lines[next])) continue;
    if (indentOf(lines[next].text) < 4) break;
    last = next;
  }
  const text = lines.slice(at, last + 1).map((line) => outdent(line, 4).text).join('\n');
  return { block: { type: 'code', language: '', text }, next: last + 1 };
}

function readFence(lines, at) {
  const opening = FENCE.exec(lines[at].text);
  if (!opening) return null;
  const [, fence, info] = opening;
  const indent = indentOf(lines[at].text);
  const closing = new RegExp(`^ {0,3}${fence[0]}{${Math.min(fence.length, 1000)},}[ \\t]*$`);
  let next = at + 1;
  while (next < lines.length && !closing.test(lines[next].text)) next += 1;
  const text = lines.slice(at + 1, next).map((line) => outdent(line, indent).text).join('\n');
  const language = info.trim().split(/\s/)[0].slice(0, 40);
  return { block: { type: 'code', language, text }, next: Math.min(next + 1, lines.length) };
}

function readHeading(lines, at, context) {
  const match = HEADING.exec(lines[at].text);
  if (!match) return null;
  const text = withoutClosingHashes((match[2] ?? '').trim());
  const inlines = parseInlines(text, textOptions(lines, at + 1, context));
  return { block: { type: 'heading', level: match[1].length, inlines }, next: at + 1 };
}

function withoutClosingHashes(text) {
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end -= 1;
  return end === 0 || text[end - 1] === ' ' || text[end - 1] === '\t' ? text.slice(0, end).trimEnd() : text;
}

function readRule(lines, at) {
  return RULE.test(lines[at].text) ? { block: { type: 'rule' }, next: at + 1 } : null;
}

function readQuote(lines, at, context) {
  if (context.depth >= MAX_BLOCK_DEPTH || !QUOTE.test(lines[at].text)) return null;
  const inner = [];
  let fenced = false;
  let next = at;
  for (; next < lines.length; next += 1) {
    const mark = QUOTE.exec(lines[next].text);
    if (!mark && (fenced || !continuesText(inner.at(-1), lines, next))) break;
    const line = mark ? cut(lines[next], mark[0].length) : lines[next];
    if (mark && FENCE.test(line.text)) fenced = !fenced;
    inner.push(line);
  }
  const partial = context.partial && next >= lines.length;
  return { block: { type: 'quote', blocks: parseLines(inner, { depth: context.depth + 1, partial }) }, next };
}

/** Whether a line without the marks of its container still belongs to the paragraph in it. */
export function continuesText(previous, lines, at) {
  return !isBlank(previous) && !isBlank(lines[at]) && !interrupts(lines, at)
    && !HEADING.test(previous.text) && !FENCE.test(previous.text) && !RULE.test(previous.text);
}

function readNestedList(lines, at, context) {
  if (context.depth >= MAX_BLOCK_DEPTH) return null;
  return readList(lines, at, context, { parseLines, continuesText, isRule: (text) => RULE.test(text) });
}

function readTableHere(lines, at, context) {
  return readTable(lines, at, context, { interrupts, textOptions });
}

/** Whether the line begins another block even right below a paragraph. */
function interrupts(lines, at) {
  const { text } = lines[at];
  if (indentOf(text) >= 4) return false;
  return FENCE.test(text) || HEADING.test(text) || RULE.test(text) || QUOTE.test(text) || startsList(text)
    || startsTable(lines, at);
}

function readParagraph(lines, at, context) {
  let next = at + 1;
  while (next < lines.length && !isBlank(lines[next])) {
    if (UNDERLINE.test(lines[next].text)) return underlinedHeading(lines, at, next, context);
    if (interrupts(lines, next)) break;
    next += 1;
  }
  const inlines = parseInlines(textOf(lines, at, next), textOptions(lines, next, context));
  return { block: { type: 'paragraph', inlines }, next };
}

function underlinedHeading(lines, at, underline, context) {
  const level = lines[underline].text.trim()[0] === '=' ? 1 : 2;
  const inlines = parseInlines(textOf(lines, at, underline), textOptions(lines, underline + 1, context));
  return { block: { type: 'heading', level, inlines }, next: underline + 1 };
}

function textOf(lines, from, to) {
  return lines.slice(from, to).map((line) => line.text.trimStart()).join('\n').trimEnd();
}
