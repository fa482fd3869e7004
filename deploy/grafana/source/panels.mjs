/** What dashboards are made of. A panel is a plain object in Grafana's form; `dashboard` gives it its place. */

const WIDTH = 24;
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
/** Kept by Grafana beside every dashboard; it moves older ones to its own form. */
const SCHEMA_VERSION = 39;

const GREEN = 'green';
const ORANGE = 'orange';
const RED = 'red';

/** A metric of the nodes that were chosen, with further labels. */
export function of(metric, labels = '') {
  return `${metric}{job=~"$job", instance=~"$instance"${labels && `, ${labels}`}}`;
}

/** A record of all nodes of a job together. */
export function ofJob(record, labels = '') {
  return `${record}{job=~"$job"${labels && `, ${labels}`}}`;
}

/** How often a second, summed up by some labels. */
export function rate(counter, by = [], labels = '') {
  return `sum by (${by.join(', ')}) (rate(${of(counter, labels)}[$__rate_interval]))`;
}

/** The time within which a part of the measurements of a histogram lies. */
export function quantile(part, histogram, by = [], labels = '') {
  const inner = `rate(${of(`${histogram}_bucket`, labels)}[$__rate_interval])`;
  return `histogram_quantile(${part}, sum by (${[...by, 'le'].join(', ')}) (${inner}))`;
}

/** From which value on something is a warning, and from which on it is bad. `bad` below `warn` turns it around. */
export function limits(warn, bad) {
  if (bad > warn) return steps([[null, GREEN], [warn, ORANGE], [bad, RED]]);
  return steps([[null, RED], [bad, ORANGE], [warn, GREEN]]);
}

function steps(pairs) {
  return { mode: 'absolute', steps: pairs.map(([value, color]) => ({ color, value })) };
}

function targets(lines, more = {}) {
  return lines.map(([expr, legendFormat], index) => ({
    datasource: DATASOURCE, refId: String.fromCharCode('A'.charCodeAt(0) + index), expr, legendFormat, ...more,
  }));
}

function panel(type, title, description, unit, { w = 8, h = 8, min, max, decimals, thresholds, mappings = [] }) {
  const defaults = { unit, mappings, thresholds: thresholds ?? steps([[null, GREEN]]) };
  if (min !== undefined) defaults.min = min;
  if (max !== undefined) defaults.max = max;
  if (decimals !== undefined) defaults.decimals = decimals;
  return {
    type, title, description, datasource: DATASOURCE, gridPos: { w, h }, fieldConfig: { defaults, overrides: [] },
  };
}

/** Lines over time. `lines` are pairs of an expression and its legend. */
export function lines(title, description, unit, pairs, more = {}) {
  const made = panel('timeseries', title, description, unit, { min: 0, ...more });
  made.fieldConfig.defaults.custom = {
    lineWidth: 1, fillOpacity: more.stacked ? 30 : 5, showPoints: 'never', spanNulls: false,
    stacking: { mode: more.stacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: more.thresholds ? 'line' : 'off' },
  };
  made.options = {
    legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['mean', 'max', 'lastNotNull'] },
    tooltip: { mode: 'multi', sort: 'desc' },
  };
  made.targets = targets(pairs);
  return made;
}

/** The last value of one or some expressions, big. */
export function figure(title, description, unit, pairs, more = {}) {
  const made = panel('stat', title, description, unit, { w: 4, h: 4, ...more });
  made.options = {
    colorMode: 'value', graphMode: 'area', justifyMode: 'auto', orientation: 'auto', textMode: 'auto',
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  };
  made.targets = targets(pairs);
  return made;
}

/** States over time, one band for each series. `states` are [value, text, colour]. */
export function bands(title, description, pairs, states, more = {}) {
  const options = Object.fromEntries(states.map(([value, text, color], index) => [value, { color, index, text }]));
  const made = panel('state-timeline', title, description, 'none', { ...more, mappings: [{ type: 'value', options }] });
  made.fieldConfig.defaults.custom = { fillOpacity: 70, lineWidth: 0 };
  made.options = {
    mergeValues: true, rowHeight: 0.9, showValue: 'auto', alignValue: 'left',
    legend: { displayMode: 'list', placement: 'bottom', showLegend: false },
    tooltip: { mode: 'single', sort: 'none' },
  };
  made.targets = targets(pairs);
  return made;
}

/** How measurements spread over the buckets of a histogram, over time. */
export function spread(title, description, unit, histogram, more = {}) {
  const made = panel('heatmap', title, description, unit, more);
  made.options = {
    calculate: false, cellGap: 1, color: { mode: 'scheme', scheme: 'Oranges', steps: 64 }, yAxis: { unit },
    filterValues: { le: 1e-9 }, legend: { show: true }, tooltip: { mode: 'single', yHistogram: false },
  };
  const expr = `sum by (le) (increase(${of(`${histogram}_bucket`)}[$__rate_interval]))`;
  made.targets = targets([[expr, '{{le}}']], { format: 'heatmap' });
  return made;
}

/** A heading over the panels that follow. */
export function row(title) {
  return { type: 'row', title, collapsed: false, panels: [], gridPos: { w: WIDTH, h: 1 } };
}

/** Places the panels from left to right, line by line, in the order in which they stand. */
function placed(panels) {
  let x = 0;
  let y = 0;
  let height = 0;
  return panels.map((made, index) => {
    const { w, h } = made.gridPos;
    if (x + w > WIDTH) {
      x = 0;
      y += height;
      height = 0;
    }
    const gridPos = { h, w, x, y };
    x += w;
    height = Math.max(height, h);
    return { id: index + 1, ...made, gridPos };
  });
}

function variable(name, label, description, query, multi) {
  return {
    type: 'query', name, label, description, datasource: DATASOURCE, definition: query,
    query: { query, refId: name }, refresh: 2, sort: 1, multi, includeAll: multi,
    ...(multi ? { allValue: '.*', current: { text: 'All', value: '$__all' } } : {}),
  };
}

/** A whole dashboard. Its `uid` is its address for good: alerts and links name it. */
export function dashboard(uid, title, description, panels) {
  return {
    uid, title, description, tags: ['daveloper'], schemaVersion: SCHEMA_VERSION, editable: false, graphTooltip: 1,
    timezone: 'browser', refresh: '30s', time: { from: 'now-3h', to: 'now' },
    links: [{
      type: 'dashboards', title: 'Daveloper', tags: ['daveloper'], asDropdown: false, includeVars: true, keepTime: true,
      targetBlank: false, icon: 'external link', tooltip: '', url: '',
    }],
    templating: {
      list: [
        { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', refresh: 1, multi: false },
        variable('job', 'Job', 'The job that scrapes the gateways.', 'label_values(daveloper_build_info, job)', false),
        variable('instance', 'Node', 'The gateways to look at.',
          'label_values(daveloper_build_info{job=~"$job"}, instance)', true),
      ],
    },
    annotations: { list: [] },
    panels: placed(panels),
  };
}
