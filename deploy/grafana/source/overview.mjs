import { bands, dashboard, figure, limits, lines, of, ofJob, quantile, rate, row } from './panels.mjs';

const HTTP = 'daveloper_http_requests_seconds';
/** Streams are as long as their answers, so they have no place in a percentile of requests. */
const PLAIN = 'route!~"/agent/chat|.*/events|/ws/.*"';
export const STATES = [[0, 'pass', 'green'], [1, 'warn', 'orange'], [2, 'fail', 'red']];

export default dashboard('daveloper-overview', 'Daveloper / Overview',
  'Whether visitors are served as promised, and where to look when they are not.', [
    row('Objectives'),
    figure('Budget left', 'What is left of the budget of 30 days, by objective. Below 0 the objective is missed.',
      'percentunit',
      [[ofJob('slo:daveloper_budget_left:ratio30d'), '{{slo}}']], { w: 8, decimals: 1, thresholds: limits(0.5, 0) }),
    figure('Budget burns, 1 h', 'How many times too fast the budget goes. Somebody is called from 14.4 on.', 'none',
      [[ofJob('slo:daveloper_burn:ratio1h'), '{{slo}}']], { w: 8, decimals: 2, thresholds: limits(1, 14.4) }),
    figure('Alerts', 'Alerts that fire: critical ones call somebody, warnings can wait for the day.', 'none',
      ['critical', 'warning'].map((severity) => [
        `count(ALERTS{alertstate="firing", severity="${severity}", job=~"$job"}) or vector(0)`, severity]),
      { w: 4, thresholds: limits(1, 2) }),
    figure('Ready', 'Gateways that take new work, and those that are scraped.', 'none',
      [[`sum(${of('daveloper_ready')})`, 'ready'], [`sum(${of('up')})`, 'scraped']]),
    lines('Budgets burn', 'How many times too fast each budget goes, over an hour and over six.', 'none',
      [[ofJob('slo:daveloper_burn:ratio1h'), '{{slo}} 1 h'], [ofJob('slo:daveloper_burn:ratio6h'), '{{slo}} 6 h']],
      { w: 12, thresholds: limits(6, 14.4) }),
    bands('Components', 'What the gateway needs, by the worst that any node says.',
      [[`max by (component) (${of('daveloper_component_status')})`, '{{component}}']], STATES, { w: 12 }),

    row('Requests'),
    lines('Requests', 'Requests by class of status; `none` was lost before it was answered.', 'reqps',
      [[rate(`${HTTP}_count`, ['status']), '{{status}}']], { stacked: true }),
    lines('Requests that fail', 'The part of the requests that were answered with 5xx.', 'percentunit',
      [[ofJob('job:daveloper_http_error_ratio:rate5m'), 'failed']], { thresholds: limits(0.001, 0.0144) }),
    lines('How long plain requests take', 'Without streams and questions, which take as long as their answer.', 's',
      [[quantile(0.5, HTTP, [], PLAIN), 'half within'], [quantile(0.95, HTTP, [], PLAIN), '95 % within'],
        [quantile(0.99, HTTP, [], PLAIN), '99 % within']]),
    lines('Busiest routes', 'The ten routes that are called most.', 'reqps',
      [[`topk(10, ${rate(`${HTTP}_count`, ['route'])})`, '{{route}}']]),
    lines('Slowest routes', 'The time within which 95 % were answered, of the ten slowest.', 's',
      [[`topk(10, ${ofJob('route:daveloper_http_requests_seconds:p95_5m')} > 0)`, '{{route}}']]),
    lines('Errors by code', 'What callers were told, by code; the page of errors says what to do about each.', 'cps',
      [[`topk(10, ${rate('daveloper_failures_total', ['code'])} > 0)`, '{{code}}']]),

    row('Use'),
    lines('Sessions', 'Sessions that were opened, and that ended, by how.', 'cps',
      [[rate('daveloper_sessions_opened_total'), 'opened'],
        [rate('daveloper_sessions_ended_total', ['how']), '{{how}}']]),
    lines('Answers and viewers', 'Answers that are made, and those who follow them.', 'none',
      [[`sum(${of('daveloper_runs_active')})`, 'answers'], [`sum(${of('daveloper_viewers')})`, 'viewers']]),
    lines('Troubles in the background', 'What failed and nobody was told of, by place. The log has each.', 'cps',
      [[rate('daveloper_troubles_total', ['place']), '{{place}}']]),
    bands('Versions', 'Which node has which version.',
      [[of('daveloper_build_info'), '{{instance}} {{version}} on Java {{java}}']], [[1, 'up', 'blue']],
      { w: 24, h: 6 }),
  ]);
