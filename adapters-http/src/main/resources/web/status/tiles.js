import { byId, el } from '../js/dom.js';
import { Chart } from './chart.js';
import { count, percent, rate, seconds } from './words.js';

const FIRST = { color: '--accent' };
const SECOND = { color: '--line-strong', dash: [6, 3] };
const THIRD = { color: '--mark-line', dash: [2, 3] };
const BAD = { color: '--danger', dash: [6, 3] };
const FIFTH = { color: '--quiet', dash: [8, 3, 2, 3] };
/** Marks for what is counted, which has no halves. */
const WHOLE = [1, 2, 5].flatMap((digit) => Array.from({ length: 9 }, (_, place) => digit * 10 ** place))
  .sort((one, other) => one - other);

/**
 * A tile for each of these, in this order. `lines` are [{name, label, color, dash}], `name` that of a figure of the
 * gateway, and `none` what is said where it measures the first of them not.
 */
const TILES = [
  {
    key: 'requests',
    title: 'Requests',
    hint: 'A second; those that failed were answered with 500 or above.',
    lines: [{ name: 'requests', label: 'Answered', ...FIRST }, { name: 'serverErrors', label: 'Failed', ...BAD }],
    format: rate,
    top: 1,
    none: 'Requests are not measured here.',
  },
  {
    key: 'latency',
    title: 'Response time',
    hint: 'Of the last minute, without streams and without calls that wait for an agent.',
    lines: [
      { name: 'requestP50', label: 'p50', ...FIRST },
      { name: 'requestP95', label: 'p95', ...SECOND },
      { name: 'requestP99', label: 'p99', ...THIRD },
    ],
    format: seconds,
    top: 0.01,
    none: 'Response times are not measured here.',
  },
  {
    key: 'active',
    title: 'Going on now',
    hint: 'Answers that are made here, and those who follow one here.',
    lines: [
      { name: 'runs', label: 'Answers', ...FIRST },
      { name: 'viewers', label: 'Viewers', ...SECOND },
      { name: 'webSockets', label: 'WebSockets', ...THIRD },
    ],
    format: count,
    top: 4,
    steps: WHOLE,
    none: 'What goes on is not measured here.',
  },
  {
    key: 'first-delta',
    title: 'Until the first words',
    hint: 'Of the last minute, from the message to the first piece of its answer; most of it is the agent.',
    lines: [{ name: 'firstDeltaP50', label: 'p50', ...FIRST }, { name: 'firstDeltaP95', label: 'p95', ...SECOND }],
    format: seconds,
    top: 0.1,
    none: 'First words are not measured here.',
  },
  {
    key: 'delta',
    title: 'Added to each piece',
    hint: 'Of the last minute, from the agent’s event until it is written to a viewer.',
    lines: [{ name: 'deltaP50', label: 'p50', ...FIRST }, { name: 'deltaP99', label: 'p99', ...SECOND }],
    format: seconds,
    top: 0.0005,
    none: 'What the gateway adds is not measured here.',
  },
  {
    key: 'outcomes',
    title: 'Answers that ended',
    hint: 'In the last minute, by how.',
    lines: [
      { name: 'runsCompleted', label: 'Completed', ...FIRST },
      { name: 'runsFailed', label: 'Failed', ...BAD },
      { name: 'runsCancelled', label: 'Stopped', ...SECOND },
      { name: 'runsInterrupted', label: 'Interrupted', ...THIRD },
      { name: 'runsLimited', label: 'Limited', ...FIFTH },
    ],
    format: count,
    top: 4,
    steps: WHOLE,
    none: 'Answers are not counted here.',
  },
  {
    key: 'tokens',
    title: 'Tokens',
    hint: 'In the last minute, as the agent reports them.',
    lines: [{ name: 'inputTokens', label: 'Read', ...FIRST }, { name: 'outputTokens', label: 'Written', ...SECOND }],
    format: count,
    top: 100,
    steps: WHOLE,
    none: 'The agent has reported none so far.',
  },
  {
    key: 'documents',
    title: 'Documents under way',
    hint: 'Those that wait to be read, and those that are being read.',
    lines: [
      { name: 'documentsWaiting', label: 'Waiting', ...FIRST },
      { name: 'documentsProcessing', label: 'Reading', ...SECOND },
    ],
    format: count,
    top: 4,
    steps: WHOLE,
    none: 'Not measured here: a document service has figures of its own.',
  },
  {
    key: 'processor',
    title: 'Processor',
    hint: 'Of all processors, and of the last minute what was spent on collecting garbage.',
    lines: [{ name: 'cpu', label: 'In use', ...FIRST }, { name: 'gc', label: 'Collecting', ...BAD }],
    format: percent,
    top: 0.1,
    none: 'The use of the processor is not known here.',
  },
];

/** Figures of now, each with its last 15 minutes. What is not measured says so, and becomes a chart when it is. */
export class Tiles {
  #place = byId('tiles');
  #tiles = new Map();

  show(model) {
    for (const tile of TILES) {
      const lines = tile.lines.filter(({ name }) => name in model.latest.details.figures);
      const version = lines.map(({ name }) => name).join(' ');
      if (this.#tiles.get(tile.key)?.version !== version) this.#put(tile, lines, version);
      const { chart } = this.#tiles.get(tile.key);
      chart?.show(model.times, lines.map(({ name }) => model.numbers(`figures/${name}`)));
    }
  }

  #put(tile, lines, version) {
    const before = this.#tiles.get(tile.key);
    const chart = lines.length === 0 ? null : new Chart({ ...tile, lines, compact: true });
    const node = chart?.node ?? el('div', { class: 'chart tile unmeasured' }, el('h3', { text: tile.title }),
      el('p', { class: 'empty', text: tile.none }));
    node.dataset.tile = tile.key;
    if (before) before.node.replaceWith(node);
    else this.#place.append(node);
    before?.chart?.remove();
    this.#tiles.set(tile.key, { chart, node, version });
  }

  hide() {
    for (const { chart } of this.#tiles.values()) chart?.remove();
    this.#tiles.clear();
    this.#place.replaceChildren();
  }
}
