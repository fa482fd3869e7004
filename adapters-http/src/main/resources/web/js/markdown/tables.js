import { parseInlines } from './inline.js';
import { isBlank } from './lines.js';

/** Most columns of a table; further cells of a row are left out. */
const MAX_COLUMNS = 64;

const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const HALF_DELIMITER = /^[ \t|:-]*$/;

/** Whether the lines here are the head of a table: a row, and below it a delimiter row with as many cells. */
export function startsTable(lines, at) {
  const below = lines[at + 1];
  if (!below || !lines[at].text.includes('|') || !DELIMITER.test(below.text)) return false;
  return splitRow(lines[at].text).length === splitRow(below.text).length;
}

export function readTable(lines, at, context, blocks) {
  if (!startsTable(lines, at)) return context.partial ? readHalfTable(lines, at) : null;
  const head = cellsOf(lines[at].text, { partial: false });
  const align = splitRow(lines[at + 1].text).slice(0, MAX_COLUMNS).map(alignmentOf);
  const rows = [];
  let next = at + 2;
  for (; next < lines.length && !isBlank(lines[next]); next += 1) {
    if (!lines[next].text.includes('|') && blocks.interrupts(lines, next)) break;
    const cells = cellsOf(lines[next].text, blocks.textOptions(lines, next + 1, context)).slice(0, head.length);
    rows.push({ cells, start: lines[next].at, end: lines[next].end });
  }
  return { block: { type: 'table', align, head, rows }, next };
}

/** The first lines of a table whose delimiter row is still being written, so that it is not a paragraph first. */
function readHalfTable(lines, at) {
  const left = lines.length - at;
  if (left > 2 || lines[at].text.trimStart()[0] !== '|') return null;
  if (left === 2 && !HALF_DELIMITER.test(lines[at + 1].text)) return null;
  const head = cellsOf(lines[at].text, { partial: true });
  return { block: { type: 'table', align: [], head, rows: [] }, next: lines.length };
}

function alignmentOf(cell) {
  const left = cell.startsWith(':');
  const right = cell.endsWith(':');
  if (left && right) return 'center';
  return right ? 'right' : 'left';
}

function cellsOf(row, options) {
  return splitRow(row).slice(0, MAX_COLUMNS).map((text) => ({ inlines: parseInlines(text, options) }));
}

/** The cells of a row: cut at each bar that is not escaped, without the bars at both ends. */
function splitRow(row) {
  const text = row.trim();
  const cells = [];
  let cell = '';
  let from = text[0] === '|' ? 1 : 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\' && text[at + 1] === '|') {
      cell += `${text.slice(from, at)}|`;
      from = at + 2;
      at += 1;
    } else if (text[at] === '|') {
      cells.push((cell + text.slice(from, at)).trim());
      cell = '';
      from = at + 1;
    }
  }
  const rest = (cell + text.slice(from)).trim();
  if (rest !== '' || text.at(-1) !== '|') cells.push(rest);
  return cells;
}
