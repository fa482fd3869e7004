export const OVERALL = {
  pass: 'Everything works',
  warn: 'Works, with something amiss',
  fail: 'Something vital fails',
  unknown: 'The gateway does not answer',
};

export const STATUS = { pass: 'Works', warn: 'Something is amiss', fail: 'Fails' };

const HOUR_MINUTE = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const TODAY = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

export function clock(at) {
  return HOUR_MINUTE.format(at);
}

/** A moment, without its day when that is today. */
export function moment(at) {
  return new Date(at).toDateString() === new Date().toDateString() ? TODAY.format(at) : EXACT.format(at);
}

/** How long something lasted, in the largest two units. */
export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1_000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts.slice(first, first + 2).filter(([count]) => count > 0).map((part) => part.join('\u00a0')).join(' ');
}

export function rate(value) {
  if (value === null) return '–';
  return `${value < 10 ? Number(value.toFixed(2)) : Math.round(value)}/s`;
}

/** A time, given in seconds. */
export function seconds(value) {
  if (value === null) return '–';
  const [unit, name] = value >= 1 ? [1, 's'] : value >= 0.001 ? [1e-3, 'ms'] : [1e-6, 'µs'];
  const shown = value / unit;
  return `${shown < 10 ? Number(shown.toFixed(1)) : Math.round(shown)}\u00a0${value === 0 ? 'ms' : name}`;
}

const COUNTS = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

export function count(value) {
  return value === null ? '–' : COUNTS.format(value);
}

export function percent(value) {
  if (value === null) return '–';
  const hundred = value * 100;
  // What is not all of it must not read as if it were.
  const shown = hundred > 99.9 && hundred < 100 ? 99.9 : Number(hundred.toFixed(1));
  return `${shown}\u00a0%`;
}

export function size(bytes) {
  if (bytes === null) return '–';
  const units = [[2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB']];
  const [unit, name] = units.find(([least]) => bytes >= least) ?? [1, 'B'];
  const value = bytes / unit;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${name}`;
}
