/** Columns that a tab advances to a multiple of. */
const TAB = 4;

/** The lines of a source from an offset on: {text, at, end} with `at` the offset of the text, `end` that of its end. */
export function splitLines(source, from = 0) {
  const lines = [];
  for (let at = from; at <= source.length;) {
    const feed = source.indexOf('\n', at);
    const stop = feed < 0 ? source.length : feed;
    const end = stop > at && source[stop - 1] === '\r' ? stop - 1 : stop;
    lines.push({ text: source.slice(at, end), at, end });
    at = stop + 1;
  }
  return lines;
}

export function isBlank(line) {
  return line.text.trim() === '';
}

/** Width of the white space that a text begins with, in columns. */
export function indentOf(text) {
  let columns = 0;
  for (const char of text) {
    if (char === ' ') columns += 1;
    else if (char === '\t') columns += TAB - (columns % TAB);
    else break;
  }
  return columns;
}

/** The line without up to `columns` of its indentation. */
export function outdent(line, columns) {
  let removed = 0;
  let count = 0;
  while (removed < columns && (line.text[count] === ' ' || line.text[count] === '\t')) {
    removed += line.text[count] === '\t' ? TAB - (removed % TAB) : 1;
    count += 1;
  }
  return cut(line, count);
}

/** The line without its first characters. */
export function cut(line, count) {
  return { text: line.text.slice(count), at: line.at + count, end: line.end };
}
