/** How long numbers are kept, in milliseconds; the gateway keeps as much. */
export const KEPT = 15 * 60_000;
/** More points than come in that time. */
const MAX_POINTS = 600;
const MAX_CHANGES = 200;
export const MINUTES = 60;

const RANKS = { pass: 0, warn: 1, fail: 2 };

/** What the events have told so far: the latest snapshot, each component's changes, and the numbers by name. */
export class Model {
  latest = null;
  /** By component, oldest first: [{status, at}], times in milliseconds. */
  components = new Map();
  times = [];
  #series = new Map();

  /** Begins anew with a history, which holds all that was known. */
  begin({ components, series }) {
    this.components = new Map(components.map(({ component, changes }) =>
      [component, changes.map(({ status, at }) => ({ status, at: Date.parse(at) }))]));
    this.times = (series?.times ?? []).map((at) => Date.parse(at));
    this.#series = new Map(series ? namedSeries(series) : []);
  }

  take(snapshot) {
    this.latest = snapshot;
    for (const { component, status, since } of snapshot.components) this.#change(component, status, Date.parse(since));
    const at = Date.parse(snapshot.at);
    if (snapshot.details && !(at <= this.times.at(-1))) this.#append(at, namedNumbers(snapshot.details));
  }

  /** The numbers of this name, one for each of the times; null where none is known. */
  numbers(name) {
    return this.#series.get(name) ?? this.times.map(() => noneOf(name));
  }

  #change(component, status, at) {
    const changes = this.components.get(component) ?? [];
    if (changes.at(-1)?.at !== at) changes.push({ status, at });
    this.components.set(component, changes.slice(-MAX_CHANGES));
  }

  #append(at, numbers) {
    for (const name of Object.keys(numbers)) if (!this.#series.has(name)) this.#series.set(name, this.numbers(name));
    this.times.push(at);
    for (const [name, list] of this.#series) list.push(numbers[name] ?? noneOf(name));
    const old = this.times.findIndex((time) => time >= at - KEPT);
    const excess = Math.max(old, this.times.length - MAX_POINTS);
    if (excess === 0) return;
    this.times.splice(0, excess);
    for (const list of this.#series.values()) list.splice(0, excess);
  }
}

/** The worst status in each of the last 60 minutes, the oldest first; null where nothing is known. */
export function minutesOf(changes, now) {
  return Array.from({ length: MINUTES }, (_, place) => {
    const end = now - (MINUTES - 1 - place) * 60_000;
    const begin = end - 60_000;
    let worst = null;
    changes.forEach(({ status, at }, index) => {
      const until = changes[index + 1]?.at ?? Infinity;
      if (at < end && until > begin && (worst === null || RANKS[status] > RANKS[worst])) worst = status;
    });
    return worst;
  });
}

/** The means of lists for each minute of the times, the latest first: [{at, means}]. */
export function byMinute(times, lists) {
  const rows = new Map();
  times.forEach((time, index) => {
    const minute = Math.floor(time / 60_000) * 60_000;
    if (!rows.has(minute)) rows.set(minute, lists.map(() => []));
    lists.forEach((list, place) => {
      if (list[index] !== null) rows.get(minute)[place].push(list[index]);
    });
  });
  const mean = (values) => (values.length === 0 ? null : values.reduce((a, b) => a + b) / values.length);
  return [...rows].reverse().map(([at, values]) => ({ at, means: values.map(mean) }));
}

/** A limit that is not spoken of has counted nothing. */
function noneOf(name) {
  return name.startsWith('limits/') ? 0 : null;
}

const RATES = ['admitted', 'refused', 'shadow', 'near'];

function namedSeries({ limits, cache, heapBytes, threads, figures = {} }) {
  return [
    ...limits.flatMap((limit) => RATES.map((rate) => [`limits/${limit.policy}/${rate}`, limit[rate]])),
    ...cache.map(({ namespace, hitRatio }) => [`cache/${namespace}`, hitRatio]),
    ['heap', heapBytes],
    ['threads', threads],
    ...namedFigures(figures),
  ];
}

function namedNumbers({ limits, cache, jvm, figures = {} }) {
  return Object.fromEntries([
    ...limits.flatMap((limit) => RATES.map((rate) => [`limits/${limit.policy}/${rate}`, limit[rate]])),
    ...cache.namespaces.map(({ namespace, hitRatio }) => [`cache/${namespace}`, hitRatio]),
    ['heap', jvm.heapBytes],
    ['threads', jvm.threads],
    ...namedFigures(figures),
  ]);
}

function namedFigures(figures) {
  return Object.entries(figures).map(([name, value]) => [`figures/${name}`, value]);
}
