/**
 * Cuts the text of one Markdown block into flat tokens, each looked at once. Every look-ahead has a bound, so hostile
 * text costs linear time.
 */

/** Longest link destination or title that is looked for, in characters. */
const MAX_LINK_CHARS = 2048;
const MAX_PARENTHESES = 16;

const PLAIN = /[^\\`*_~[\]!<&\nh]+/y;
const CITATION = /\[(\d{1,3})\](?!\()/y;
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y;
const BREAK_TAG = /<br[ ]?\/?>/iy;
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}\p{S}]/u;
const SPACE = /\s/u;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const URL_BODY = /https?:\/\/[^\s<>"`]{1,2048}/y;
const NAMED = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', mdash: '—', ndash: '–',
  hellip: '…', rarr: '→', larr: '←', times: '×', middot: '·',
};

export function scan(text, partial) {
  const state = { text, partial, at: 0, tokens: [], brackets: [], ticks: tickRuns(text) };
  while (state.at < text.length) step(state);
  return state.tokens;
}

function step(state) {
  PLAIN.lastIndex = state.at;
  const plain = PLAIN.exec(state.text);
  if (plain) return emitText(state, plain[0], plain[0].length);
  const reader = READERS[state.text[state.at]];
  if (!reader(state)) emitText(state, state.text[state.at], 1);
}

const READERS = {
  '\\': readEscape,
  '`': readCode,
  '*': readDelimiter,
  _: readDelimiter,
  '~': readDelimiter,
  '[': readOpening,
  '!': readImageOpening,
  ']': readClosing,
  '<': readAngle,
  '&': readEntity,
  '\n': readNewline,
  h: readBareUrl,
};

function emit(state, token, length) {
  state.tokens.push(token);
  state.at += length;
  return true;
}

function emitText(state, value, length) {
  const last = state.tokens.at(-1);
  state.at += length;
  if (last?.type === 'text') last.parts.push(value);
  else state.tokens.push({ type: 'text', parts: [value] });
  return true;
}

function readEscape(state) {
  const next = state.text[state.at + 1];
  if (next === '\n') return emit(state, { type: 'break' }, 2);
  return next !== undefined && ESCAPABLE.test(next) && emitText(state, next, 2);
}

function readNewline(state) {
  const last = state.tokens.at(-1);
  let hard = false;
  if (last?.type === 'text') {
    const tail = last.parts.at(-1);
    const trimmed = tail.trimEnd();
    hard = tail.length - trimmed.length >= 2;
    last.parts[last.parts.length - 1] = trimmed;
  }
  return hard ? emit(state, { type: 'break' }, 1) : emitText(state, '\n', 1);
}

function readEntity(state) {
  ENTITY.lastIndex = state.at;
  const match = ENTITY.exec(state.text);
  if (!match) return false;
  const [whole, decimal, hex, name] = match;
  const value = name ? NAMED[name] : fromCodePoint(decimal ? parseInt(decimal, 10) : parseInt(hex, 16));
  return value !== undefined && emitText(state, value, whole.length);
}

function fromCodePoint(code) {
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : '\ufffd';
}

/** For each length of a run of backticks, where such runs begin: found once, so that no search repeats. */
function tickRuns(text) {
  const runs = new Map();
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at)) {
    const length = runLength(text, at);
    if (!runs.has(length)) runs.set(length, { starts: [], next: 0 });
    runs.get(length).starts.push(at);
    at += length;
  }
  return runs;
}

function runLength(text, at) {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return end - at;
}

function readCode(state) {
  const { text, at } = state;
  const length = runLength(text, at);
  const run = state.ticks.get(length);
  if (run) {
    while (run.next < run.starts.length && run.starts[run.next] < at + length) run.next += 1;
    const close = run.starts[run.next];
    if (close !== undefined) return emitCode(state, text.slice(at + length, close), close + length - at);
  }
  if (state.partial && at + length < text.length) return emitCode(state, text.slice(at + length), text.length - at);
  return emitText(state, text.slice(at, at + length), length);
}

function emitCode(state, raw, length) {
  const flat = raw.replaceAll('\n', ' ');
  const padded = flat.length > 2 && flat[0] === ' ' && flat.at(-1) === ' ' && flat.trim() !== '';
  return emit(state, { type: 'code', text: padded ? flat.slice(1, -1) : flat }, length);
}

function readDelimiter(state) {
  const { text, at } = state;
  const mark = text[at];
  const length = runLength(text, at);
  if (mark === '~' && length !== 2) return emitText(state, text.slice(at, at + length), length);
  const before = at === 0 ? ' ' : text[at - 1];
  const after = at + length >= text.length ? ' ' : text[at + length];
  const left = flanks(after, before);
  const right = flanks(before, after);
  const opens = left && (mark !== '_' || !right || PUNCTUATION.test(before));
  const closes = right && (mark !== '_' || !left || PUNCTUATION.test(after));
  const token = { type: 'delimiter', mark, size: length, left: length, opens, closes, open: [], close: [] };
  return emit(state, token, length);
}

function flanks(near, far) {
  return !SPACE.test(near) && (!PUNCTUATION.test(near) || SPACE.test(far) || PUNCTUATION.test(far));
}

function readOpening(state) {
  CITATION.lastIndex = state.at;
  const citation = CITATION.exec(state.text);
  if (citation) return emit(state, { type: 'cite', index: Number(citation[1]) }, citation[0].length);
  state.brackets.push(state.tokens.length);
  return emit(state, { type: 'bracket', text: '[' }, 1);
}

function readImageOpening(state) {
  if (state.text[state.at + 1] !== '[') return false;
  state.brackets.push(state.tokens.length);
  return emit(state, { type: 'bracket', text: '![', image: true }, 2);
}

function readClosing(state) {
  const opening = state.tokens[state.brackets.pop()];
  if (!opening) return false;
  const target = state.text[state.at + 1] === '(' ? readTarget(state, state.at + 2) : null;
  if (!target) return false;
  opening.type = 'link';
  opening.href = target.href;
  opening.title = target.title;
  if (!opening.image) state.brackets.length = 0;
  return emit(state, { type: 'endlink' }, target.end - state.at);
}

/** What stands between the parentheses of a link; null when it is not a link's target. */
function readTarget(state, from) {
  const { text, partial } = state;
  const limit = Math.min(text.length, from + MAX_LINK_CHARS);
  let at = skipSpaces(text, from, limit);
  const start = at;
  if (text[at] === '<') at = endOfAngle(text, at, limit);
  else at = endOfDestination(text, at, limit);
  if (at < 0) return null;
  const raw = text[start] === '<' ? text.slice(start + 1, at - 1) : text.slice(start, at);
  const href = raw.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  at = skipSpaces(text, at, limit);
  const title = readTitle(text, at, limit);
  at = skipSpaces(text, title.end, limit);
  if (text[at] === ')') return { href, title: title.value, end: at + 1 };
  return partial && limit === text.length && at >= limit ? { href: null, title: null, end: at } : null;
}

function skipSpaces(text, from, limit) {
  let at = from;
  while (at < limit && (text[at] === ' ' || text[at] === '\n')) at += 1;
  return at;
}

function endOfAngle(text, from, limit) {
  for (let at = from + 1; at < limit; at += 1) {
    if (text[at] === '>') return at + 1;
    if (text[at] === '<' || text[at] === '\n') return -1;
  }
  return -1;
}

function endOfDestination(text, from, limit) {
  let depth = 0;
  let at = from;
  for (; at < limit; at += 1) {
    const char = text[at];
    if (char === ' ' || char === '\n') break;
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')' && depth === 0) break;
    else if (char === ')') depth -= 1;
    if (depth > MAX_PARENTHESES) return -1;
  }
  return Math.min(at, limit);
}

function readTitle(text, at, limit) {
  const quote = text[at];
  if (at >= limit || (quote !== '"' && quote !== "'")) return { value: null, end: at };
  for (let end = at + 1; end < limit; end += 1) {
    if (text[end] === quote) return { value: text.slice(at + 1, end), end: end + 1 };
  }
  return { value: null, end: at };
}

function readAngle(state) {
  BREAK_TAG.lastIndex = state.at;
  const tag = BREAK_TAG.exec(state.text);
  if (tag) return emit(state, { type: 'break' }, tag[0].length);
  URL_BODY.lastIndex = state.at + 1;
  const match = URL_BODY.exec(state.text);
  if (!match || state.text[state.at + 1 + match[0].length] !== '>') return false;
  return emit(state, { type: 'autolink', href: match[0] }, match[0].length + 2);
}

function readBareUrl(state) {
  const before = state.at === 0 ? ' ' : state.text[state.at - 1];
  if (/[\p{L}\p{N}]/u.test(before)) return false;
  URL_BODY.lastIndex = state.at;
  const match = URL_BODY.exec(state.text);
  if (!match) return false;
  const href = trimUrl(match[0]);
  return /^https?:\/\/[^/]/.test(href) && emit(state, { type: 'autolink', href }, href.length);
}

/** Punctuation that ends a sentence, and a closing bracket without its opening one, are not part of a bare address. */
function trimUrl(url) {
  let end = url.length;
  let open = 0;
  for (const char of url) open += char === '(' ? 1 : char === ')' ? -1 : 0;
  for (; end > 0; end -= 1) {
    const last = url[end - 1];
    if (last === ')' && open < 0) open += 1;
    else if (!'.,;:!?\'"*_~]'.includes(last)) break;
  }
  return url.slice(0, end);
}
