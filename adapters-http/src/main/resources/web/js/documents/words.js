import { secondsInWords } from '../problems.js';

const KINDS = {
  pdf: 'PDF', docx: 'Word', pptx: 'PowerPoint', xlsx: 'Excel', odt: 'OpenDocument', epub: 'EPUB', html: 'HTML',
  markdown: 'Markdown', text: 'Text', csv: 'CSV', json: 'JSON',
};
const LEAVES = { pptx: ['slide', 'slides'], xlsx: ['sheet', 'sheets'] };
const STAGES = { reading: 'Reading', splitting: 'Splitting', indexing: 'Indexing' };
const UNITS = ['bytes', 'kB', 'MB', 'GB'];
const STEP = 1_000;

/**
 * A size as people say it: decimal units, one digit behind the point where there is one in front of it. A number and
 * its unit stay on one line.
 */
export function sizeInWords(bytes) {
  const { value, unit } = scaled(bytes);
  return `${value}\u00a0${unit === 'bytes' && bytes === 1 ? 'byte' : unit}`;
}

function scaled(bytes) {
  let value = bytes;
  let place = 0;
  while (value >= STEP && place < UNITS.length - 1) {
    value /= STEP;
    place += 1;
  }
  const digits = place > 0 && value < 10 ? 1 : 0;
  return { value: value.toLocaleString('en-GB', { maximumFractionDigits: digits }), unit: UNITS[place] };
}

function counted(count, [one, many]) {
  return `${count.toLocaleString('en-GB')}\u00a0${count === 1 ? one : many}`;
}

/** What a document's row tells below its name. */
export function factsOf({ kind, bytes, pages, passages }) {
  return [
    KINDS[kind] ?? kind.toUpperCase(),
    sizeInWords(bytes),
    ...(pages ? [counted(pages, LEAVES[kind] ?? ['page', 'pages'])] : []),
    counted(passages, ['passage', 'passages']),
  ];
}

/** How an ingestion stands: {words, value}; the value is null while it cannot be told. */
export function standing({ state, stage, progress }) {
  if (state === 'queued') return { words: 'Waiting', value: null };
  return { words: `${STAGES[stage] ?? 'Working'} · ${percent(progress)}`, value: progress };
}

/** How an upload stands, as {@link standing}. */
export function uploadStanding({ state, loaded, bytes }) {
  if (state === 'waiting') return { words: 'Waiting', value: null };
  if (bytes === 0 || loaded >= bytes) return { words: 'Arrived, being checked', value: null };
  return { words: `Uploading · ${sizeInWords(loaded)} of ${sizeInWords(bytes)}`, value: loaded / bytes };
}

function percent(part) {
  return `${Math.round(part * 100)}\u00a0%`;
}

const TITLES = {
  documents_unavailable: 'Documents cannot be taken right now',
};

/** Why a document was not added, in the problem's own words: {title, detail, again, problem}. */
export function explainRefusal(problem) {
  const { status, code, title, retryAfterSeconds } = problem;
  if (status === 0) {
    const detail = 'The file did not arrive whole; nothing of it is kept.';
    return { title: 'The connection broke', detail, again: true, problem };
  }
  const wait = retryAfterSeconds ? `Try again in ${secondsInWords(retryAfterSeconds)}.` : null;
  return {
    title: TITLES[code] ?? title ?? (status === 413 ? 'The document is too large' : 'The document was not taken'),
    detail: [problem.detail === title ? null : problem.detail, wait].filter(Boolean).join(' ') || null,
    again: status === 409 || status === 429 || status >= 500,
    problem,
  };
}
