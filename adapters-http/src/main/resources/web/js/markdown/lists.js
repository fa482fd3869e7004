import { cut, indentOf, isBlank, outdent } from './lines.js';

const BULLET = /^( {0,3})([-*+])([ \t]+|$)/;
const ORDERED = /^( {0,3})(\d{1,9})([.)])([ \t]+|$)/;
const TASK = /^\[([ xX])\][ \t]+/;

/** Whether a list may begin here in the middle of a paragraph: only with text, and an ordered one only at 1. */
export function startsList(text) {
  const mark = markOf(text);
  return mark !== null && !mark.empty && (!mark.ordered || mark.number === 1);
}

/** The mark of a list item; `kind` is the same for the items of one list, `width` is up to where its text begins. */
function markOf(text) {
  const bullet = BULLET.exec(text);
  if (bullet) return mark(text, bullet[1], bullet[2], bullet[3], { kind: bullet[2], ordered: false });
  const ordered = ORDERED.exec(text);
  if (!ordered) return null;
  const [, indent, digits, dot, space] = ordered;
  return mark(text, indent, digits + dot, space, { kind: dot, ordered: true, number: Number(digits) });
}

function mark(text, indent, sign, space, rest) {
  const bare = indent.length + sign.length;
  const columns = indentOf(space);
  // More than four spaces after the mark begin an indented code block one space behind it.
  const width = columns >= 1 && columns <= 4 ? bare + space.length : Math.min(bare + 1, text.length);
  const column = columns >= 1 && columns <= 4 ? bare + columns : bare + 1;
  return { ...rest, indent: indent.length, width, column, empty: text.trim().length === sign.length };
}

export function readList(lines, at, context, blocks) {
  const first = markOf(lines[at].text);
  if (!first || blocks.isRule(lines[at].text)) return null;
  const list = { type: 'list', ordered: first.ordered, first: first.number ?? 1, tight: true, items: [] };
  let next = at;
  while (next < lines.length) {
    const start = afterBlanks(lines, next);
    const sign = start < lines.length ? markOf(lines[start].text) : null;
    if (sign?.kind !== first.kind || blocks.isRule(lines[start].text)) break;
    if (start > next && list.items.length > 0) list.tight = false;
    next = readItem(lines, start, sign, context, blocks, list);
  }
  return { block: list, next };
}

function afterBlanks(lines, from) {
  let at = from;
  while (at < lines.length && isBlank(lines[at])) at += 1;
  return at;
}

function readItem(lines, at, sign, context, blocks, list) {
  const { inner, next } = linesOfItem(lines, at, sign, blocks);
  const task = TASK.exec(inner[0].text);
  if (task) inner[0] = cut(inner[0], task[0].length);
  const partial = context.partial && next >= lines.length;
  const item = { blocks: blocks.parseLines(inner, { depth: context.depth + 1, partial }) };
  if (task) item.done = task[1] !== ' ';
  item.start = lines[at].at;
  item.end = lines[next - 1].end;
  list.items.push(item);
  if (spaced(item.blocks, inner)) list.tight = false;
  return next;
}

function linesOfItem(lines, at, sign, blocks) {
  const inner = [cut(lines[at], sign.width)];
  // Two columns are enough: answers often indent nested lists by two, also below "1.".
  const needed = Math.min(sign.column, sign.indent + 2);
  let next = at + 1;
  let last = next;
  for (; next < lines.length; next += 1) {
    const line = lines[next];
    const blank = isBlank(line);
    if (blank && sign.empty && inner.length === 1) break;
    if (!blank && indentOf(line.text) < needed) {
      if (last < next || !blocks.continuesText(inner.at(-1), lines, next) || markOf(line.text)) break;
    }
    inner.push(outdent(line, sign.column));
    if (!blank) last = next + 1;
  }
  inner.length = last - at;
  return { inner, next: last };
}

/** Whether a blank line stands between two blocks of an item, which sets the whole list wider. */
function spaced(children, inner) {
  let at = 0;
  return children.some((child, index) => {
    while (at < inner.length && inner[at].end < child.start) at += 1;
    return index > 0 && at > 0 && isBlank(inner[at - 1]);
  });
}
