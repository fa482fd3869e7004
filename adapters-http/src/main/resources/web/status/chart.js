import { el } from '../js/dom.js';
import { byMinute } from './model.js';
import { clock } from './words.js';

const HEIGHT = 168;
const COMPACT_HEIGHT = 84;
/** What is shown at least, in seconds, so that the first minutes are no needle at the edge. */
const NARROWEST = 120;
/** Between two marks on the axis of time, in seconds. */
const MINUTES = [1, 2, 5, 10].map((minutes) => minutes * 60);
const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * A chart of lines over the last 15 minutes, with the numbers in words and as a table. `lines` is
 * [{name, label, color, dash}], `color` the name of a property of the style sheet; `format` writes a number, and `top`
 * is the least that the scale shows; `steps` are the distances that its marks may have. One that is `compact` is a
 * tile, whose numbers are larger than its lines.
 */
export class Chart {
  node;
  #title;
  #lines;
  #format;
  #top;
  #steps;
  #compact;
  #plot = null;
  #data = [[]];
  #values;
  #place = el('div', { class: 'plot' });
  #rows = el('tbody');
  #table;
  #sizes;
  #removed = new AbortController();

  constructor({ title, note, hint, lines, format, top, steps = undefined, compact = false }) {
    this.#title = title;
    this.#lines = lines;
    this.#format = format;
    this.#top = top;
    this.#steps = steps;
    this.#compact = compact;
    this.#values = lines.map(() => el('b', { text: '–' }));
    this.#table = el('details', { class: 'more' },
      el('summary', {}, 'Table', el('span', { class: 'visually-hidden', text: ` of ${title}` })),
      el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${title}, by minute` },
        el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col', text: 'Minute' }),
          lines.map(({ label }) => el('th', { scope: 'col', class: 'number', text: label })))), this.#rows)));
    this.#table.addEventListener('toggle', () => this.#fillTable());
    this.#place.setAttribute('role', 'img');
    this.#place.setAttribute('aria-label', title);
    this.node = el('figure', { class: compact ? 'chart tile' : 'chart' },
      el('figcaption', {}, el('h3', { text: title }),
        note ? el('p', { class: 'hint' }, el('code', { text: note })) : null,
        hint ? el('p', { class: 'hint', text: hint }) : null),
      el('ul', { class: 'legend' }, lines.map(({ label, color, dash }, place) => el('li', {},
        el('span', {},
          el('span', { class: 'swatch', 'data-color': color.slice(2), 'data-dash': dash ? 'true' : null }),
          `${label} `), this.#values[place]))),
      this.#place, this.#table);
    this.#sizes = new ResizeObserver(() => this.#resize());
    this.#sizes.observe(this.#place);
    dark.addEventListener('change', () => this.#draw(), { signal: this.#removed.signal });
  }

  /** Shows these numbers, lists in the order of the lines. */
  show(times, lists) {
    this.#data = [times.map((time) => time / 1_000), ...lists];
    if (this.#plot) this.#plot.setData(this.#data);
    else this.#draw();
    this.#tell(null);
    const words = this.#lines.map(({ label }, place) => {
      const known = lists[place].filter((value) => value !== null);
      const most = known.length === 0 ? 'unknown' : this.#format(Math.max(...known));
      return `${label} ${this.#format(lists[place].at(-1) ?? null)}, at most ${most}`;
    });
    this.#place.setAttribute('aria-label', `${this.#title}, last 15 minutes: ${words.join('; ')}.`);
    this.#fillTable();
  }

  remove() {
    this.#removed.abort();
    this.#sizes.disconnect();
    this.#plot?.destroy();
    this.node.remove();
  }

  #draw() {
    this.#plot?.destroy();
    this.#plot = null;
    const width = this.#place.clientWidth;
    if (width === 0) return;
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = { stroke: color('--quiet'), font: `12px ${color('--sans')}`, ticks: { show: false } };
    const grid = { stroke: color('--line'), width: 1 };
    this.#plot = new window.uPlot({
      width,
      height: this.#height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: true, range: (_, low, high) => [Math.min(low, high - NARROWEST), high] },
        y: { range: (_, low, high) => [0, Math.max(high * 1.1, this.#top)] },
      },
      ...(this.#compact ? { padding: [8, 0, 8, 0] } : {}),
      axes: [
        {
          ...axis,
          show: !this.#compact,
          grid: { show: false },
          size: 28,
          space: 64,
          incrs: MINUTES,
          values: (_, splits) => splits.map((at) => clock(at * 1_000)),
        },
        {
          ...axis,
          grid,
          size: 58,
          space: 32,
          ...(this.#steps ? { incrs: this.#steps } : {}),
          values: (_, splits) => splits.map((value) => this.#format(value)),
        },
      ],
      series: [{}, ...this.#lines.map((line) => ({
        label: line.label, stroke: color(line.color), width: 2, dash: line.dash, points: { show: false },
      }))],
      hooks: { setCursor: [({ cursor }) => this.#tell(cursor.left < 0 ? null : cursor.idx)] },
    }, this.#data, this.#place);
  }

  get #height() {
    return this.#compact ? COMPACT_HEIGHT : HEIGHT;
  }

  #resize() {
    const width = this.#place.clientWidth;
    if (!this.#plot) this.#draw();
    else if (width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#height });
  }

  /** Writes the numbers at a place, or the latest ones. */
  #tell(index) {
    this.#values.forEach((value, place) => {
      const list = this.#data[place + 1] ?? [];
      value.textContent = this.#format(list.at(index ?? -1) ?? null);
    });
  }

  #fillTable() {
    if (!this.#table.open) return;
    const rows = byMinute(this.#data[0].map((time) => time * 1_000), this.#data.slice(1));
    this.#rows.replaceChildren(...rows.map(({ at, means }) => el('tr', {}, el('th', { scope: 'row', text: clock(at) }),
      means.map((mean) => el('td', { class: 'number', text: this.#format(mean) })))));
  }
}
