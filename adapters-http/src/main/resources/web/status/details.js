import { byId, el } from '../js/dom.js';
import { Chart } from './chart.js';
import { ErrorTable } from './errors.js';
import { Tiles } from './tiles.js';
import { percent, rate, size } from './words.js';

const ADMITTED = { name: 'admitted', label: 'Admitted', color: '--accent' };
const REFUSED = { name: 'refused', label: 'Refused', color: '--danger', dash: [6, 3] };
const NEAR = { name: 'near', label: 'Near the limit', color: '--mark-line', dash: [2, 3] };
/** A policy in shadow refuses nobody. */
const SHADOW = { name: 'shadow', label: 'Would be refused', color: '--danger', dash: [6, 3] };
/** Round numbers of bytes, from one mebibyte on. */
const BINARY = Array.from({ length: 30 }, (_, place) => 2 ** (20 + place));
const COLORS = ['--accent', '--danger', '--mark-line', '--line-strong'];
const DASHES = [undefined, [6, 3], [2, 3], [8, 3, 2, 3]];

/** What administrators see. Each chart stays the same node, so that a table that was opened stays open. */
export class Details {
  #charts = new Map();
  #errors = new ErrorTable();
  #tiles = new Tiles();

  show(model) {
    const { limits, cache, errors, streams, jvm } = model.latest.details;
    byId('details').hidden = false;
    this.#tiles.show(model);
    byId('limits-empty').hidden = limits.length > 0;
    this.#showLimits(model, limits);
    this.#errors.show(errors);
    this.#showCache(model, cache);
    const heap = this.#chart('heap', 'process', () => ({
      title: 'Memory of the heap',
      lines: [{ label: 'Used', color: '--accent' }],
      format: size,
      top: 2 ** 24,
      steps: BINARY,
    }));
    heap.show(model.times, [model.numbers('heap')]);
    const bound = jvm.maxHeapBytes > 0 ? ` of ${size(jvm.maxHeapBytes)}` : '';
    const facts = [
      ['Heap', `${size(jvm.heapBytes)}${bound}`],
      ['Threads', `${jvm.threads}`],
      ['Open streams', `${streams}`],
      ['Cache', `${cache.entries} ${cache.entries === 1 ? 'entry' : 'entries'}, ${size(cache.bytes)}`],
    ];
    byId('facts').replaceChildren(...facts.map(([name, value]) =>
      el('div', {}, el('dt', { text: name }), el('dd', { text: value }))));
  }

  hide() {
    byId('details').hidden = true;
    for (const chart of this.#charts.values()) chart.remove();
    this.#charts.clear();
    this.#tiles.hide();
    byId('facts').replaceChildren();
    this.#errors.show([]);
  }

  #chart(key, place, make) {
    if (!this.#charts.has(key)) {
      const chart = new Chart(make());
      this.#charts.set(key, chart);
      byId(place).append(chart.node);
    }
    return this.#charts.get(key);
  }

  /** Removes the charts of this kind that are none of these. */
  #keepOnly(kind, keys) {
    for (const [key, chart] of this.#charts) {
      if (!key.startsWith(kind) || keys.includes(key)) continue;
      chart.remove();
      this.#charts.delete(key);
    }
  }

  /** A policy that was changed gets another chart, since its lines and its sentence are others. */
  #showLimits(model, limits) {
    const keyOf = ({ policy, sentence }) => `limits/${policy}/${sentence}`;
    this.#keepOnly('limits/', limits.map(keyOf));
    for (const limit of limits) {
      const { policy, sentence } = limit;
      const lines = [ADMITTED, / shadow( |$)/.test(sentence ?? '') ? SHADOW : REFUSED, NEAR];
      const chart = this.#chart(keyOf(limit), 'limits', () => ({
        title: policy, note: sentence, lines, format: rate, top: 1,
      }));
      chart.node.dataset.policy = policy;
      chart.show(model.times, lines.map(({ name }) => model.numbers(`limits/${policy}/${name}`)));
    }
  }

  /** With another namespace it is another chart. */
  #showCache(model, { namespaces }) {
    const names = namespaces.map(({ namespace }) => namespace);
    const key = `cache/${names.join('/')}`;
    this.#keepOnly('cache/', [key]);
    if (names.length === 0) return;
    const chart = this.#chart(key, 'process', () => ({
      title: 'Hit ratio of the cache',
      lines: names.map((label, place) => ({
        label, color: COLORS[place % COLORS.length], dash: DASHES[place % DASHES.length],
      })),
      format: percent,
      top: 1,
    }));
    chart.show(model.times, names.map((name) => model.numbers(`cache/${name}`)));
  }
}
