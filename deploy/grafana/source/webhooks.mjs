import { dashboard, figure, limits, lines, of, quantile, rate, row, spread } from './panels.mjs';

const ATTEMPTS = 'daveloper_webhook_attempts_total';
const TIMES = 'daveloper_webhook_attempt_seconds';
const AGE = 'daveloper_webhook_backlog_age_seconds';

/** Every node tells of all endpoints and of all that waits. */
const ofAll = (metric, labels = '') => `max(${of(metric, labels)})`;

export default dashboard('daveloper-webhooks', 'Daveloper / Webhooks',
  'Whether receivers are told of what happens, how soon, and why not.', [
    row('At a glance'),
    figure('Endpoints', 'Endpoints that are delivered to.', 'none',
      [[ofAll('daveloper_webhook_endpoints', 'state="enabled"'), 'endpoints']]),
    figure('Given up', 'Endpoints that are gone or were not reached for days, and are told nothing any more.', 'none',
      [[ofAll('daveloper_webhook_endpoints', 'state="disabled"'), 'endpoints']], { thresholds: limits(1, 10) }),
    figure('Left alone', 'Endpoints that a node leaves alone for a while, because they failed several times in a row.',
      'none', [[ofAll('daveloper_webhook_endpoints', 'state="left_alone"'), 'endpoints']],
      { thresholds: limits(1, 10) }),
    figure('Waiting', 'Deliveries of all endpoints that wait, for their turn or for their next try.', 'none',
      [[ofAll('daveloper_webhook_waiting'), 'deliveries']]),
    figure('Oldest', 'How long the oldest delivery is due that nobody has tried.', 's', [[ofAll(AGE), 'oldest']],
      { thresholds: limits(60, 300) }),
    figure('Lost', 'Deliveries that were given up within an hour.', 'none',
      [[`sum(increase(${of('daveloper_webhook_dead_total')}[1h]))`, 'deliveries']],
      { decimals: 0, thresholds: limits(1, 100) }),

    row('What happens'),
    lines('Events', 'Events that were handed to endpoints, by type.', 'cps',
      [[rate('daveloper_webhook_events_total', ['type']), '{{type}}']], { stacked: true }),
    lines('Attempts', 'Attempts to deliver, by what came of them.', 'cps', [[rate(ATTEMPTS, ['result']), '{{result}}']],
      { stacked: true }),
    lines('Success', 'The part of the attempts that succeed.', 'percentunit',
      [[`${rate(ATTEMPTS, [], 'result="delivered"')} / ${rate(ATTEMPTS)}`, 'delivered']], { max: 1 }),
    lines('Why not', 'Attempts that failed, by why.', 'cps',
      [[rate('daveloper_webhook_troubles_total', ['trouble']), '{{trouble}}']], { stacked: true }),
    lines('Given up', 'Deliveries that are attempted no more, by why.', 'cps',
      [[rate('daveloper_webhook_dead_total', ['why']), '{{why}}']]),
    lines('Nodes', 'Attempts by the node that makes them.', 'cps', [[rate(ATTEMPTS, ['instance']), '{{instance}}']]),

    row('How soon'),
    lines('Receivers', 'How long receivers take to answer, when they take it.', 's',
      [[quantile(0.5, TIMES, [], 'result="delivered"'), 'half'],
        [quantile(0.95, TIMES, [], 'result="delivered"'), '95 %'],
        [quantile(0.99, TIMES, [], 'result="delivered"'), '99 %']]),
    spread('All attempts', 'How the times of attempts spread, those included that failed.', 's', TIMES),
    lines('Under way', 'Attempts that each node makes at the moment.', 'none',
      [[of('daveloper_webhook_sending'), '{{instance}}']]),
    lines('Waiting', 'Deliveries that wait, for their turn or for their next try.', 'none',
      [[ofAll('daveloper_webhook_waiting'), 'deliveries']]),
    lines('Oldest', 'How long the oldest delivery is due that nobody has tried.', 's', [[ofAll(AGE), 'oldest']],
      { thresholds: limits(60, 300) }),
    lines('Endpoints', 'Endpoints, by whether they are delivered to.', 'none',
      [[`max by (state) (${of('daveloper_webhook_endpoints')})`, '{{state}}']]),
  ]);
