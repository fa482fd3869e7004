import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RULES = join(ROOT, 'deploy/prometheus/rules');
const DASHBOARDS = join(ROOT, 'deploy/grafana/dashboards');
/** What Prometheus makes by itself. */
const OWN = ['up', 'ALERTS'];
/** Words of its language that stand where metrics do. */
const WORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'inf', 'nan']);
const WITH_LABELS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const NAME = /[A-Za-z_:][\w:]*(?!\s*\()(?![\w:])/g;
const COMPARES = /\s(?:==|!=|<=|>=|<|>)\s*(?:[-\d.*/+ ]+)$/;

export function read(path) {
  return readFile(join(ROOT, path), 'utf8');
}

/** Every dashboard, as {file, board}. */
export async function dashboards() {
  const files = (await readdir(DASHBOARDS)).filter((name) => name.endsWith('.json'));
  return Promise.all(files.map(async (file) => (
    { file, board: JSON.parse(await readFile(join(DASHBOARDS, file), 'utf8')) })));
}

/** The panels of a dashboard that show something. */
export function panelsOf(board) {
  return board.panels.filter(({ type }) => type !== 'row');
}

/** Every rule, as {file, group, rule}. */
export async function rules() {
  const found = [];
  for (const file of (await readdir(RULES)).filter((name) => name.endsWith('.yml'))) {
    const { groups } = yaml.load(await readFile(join(RULES, file), 'utf8'));
    for (const { name, rules: listed } of groups) found.push(...listed.map((rule) => ({ file, group: name, rule })));
  }
  return found;
}

/** The tests of rules, as {file, name, checks}. */
export async function ruleTests() {
  const folder = join(ROOT, 'deploy/prometheus/tests');
  const all = await Promise.all((await readdir(folder)).map(async (file) => (
    yaml.load(await readFile(join(folder, file), 'utf8')).tests.map((one) => (
      { file, name: one.name, checks: one.alert_rule_test })))));
  return all.flat();
}

/** An expression of a dashboard as Grafana would send it with everything chosen. */
export function chosen(expr) {
  return expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'daveloper').replaceAll('$instance', '.*');
}

/** The names of metrics in an expression. */
export function metricsIn(expr) {
  const bare = expr.replace(/"[^"]*"/g, '').replace(/\{[^}]*\}/g, ' ').replace(/\[[^\]]*\]/g, ' ')
    .replace(WITH_LABELS, ' ').replace(/\boffset\s+\S+/g, ' ').replace(/(?<![\w:])\d[\w.]*/g, ' ');
  return [...new Set((bare.match(NAME) ?? []).filter((name) => !WORDS.has(name)))];
}

/** What the expression of an alert looks at, without what it compares that with. */
export function lookedAt(expr) {
  return topLevel(expr).map((part) => part.replace(COMPARES, '').trim());
}

/** The parts of an expression between those of its set operators that are in no brackets. */
function topLevel(expr) {
  const parts = [''];
  let depth = 0;
  for (const token of expr.split(/(\(|\)|\band\b|\bunless on \([^)]*\)|\bunless\b)/)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth === 0 && /^(?:and|unless)/.test(token)) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** The names of all series that the reference of metrics lists, those that rules record, and Prometheus's own. */
export async function knownMetrics() {
  const known = new Set(OWN);
  const rows = (await read('docs/reference/metrics.md')).matchAll(/^\| `(\w+)` \| (\w+) \|/gm);
  for (const [, name, type] of rows) {
    const endings = { histogram: ['_bucket', '_count', '_sum'], summary: ['_count', '_sum'] }[type] ?? [''];
    endings.forEach((ending) => known.add(name + ending));
  }
  for (const { rule } of await rules()) if (rule.record) known.add(rule.record);
  return known;
}

/** Expressions may wait for metrics that are being made elsewhere. The build as a whole does not allow it. */
export const METRICS_MAY_BE_MISSING = process.env.E2E_METRICS_MAY_BE_MISSING === '1';
