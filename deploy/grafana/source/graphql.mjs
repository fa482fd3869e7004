import { dashboard, figure, limits, lines, of, quantile, rate, row, spread } from './panels.mjs';

const OPERATIONS = 'daveloper_graphql_operations_seconds';
const NAMED = 'daveloper_graphql_named_operations_seconds';
const WEIGHTS = 'daveloper_graphql_complexity';
const DOCUMENTS = 'daveloper_graphql_documents_total';
const FIELDS = 'daveloper_graphql_field_errors_total';

const part = (result) => `${rate(`${OPERATIONS}_count`, [], `result="${result}"`)} / ${rate(`${OPERATIONS}_count`)}`;

export default dashboard('daveloper-graphql', 'Daveloper / GraphQL',
  'What becomes of operations, how long they take, how heavy they are, and which fields fail.', [
    row('At a glance'),
    figure('Operations', 'Operations a second, on all transports.', 'ops',
      [[rate(`${OPERATIONS}_count`), 'operations']], { w: 6 }),
    figure('Failed', 'The part of the operations that failed, at a field or altogether. Their status is 200.',
      'percentunit', [[part('failed'), 'failed']], { w: 6, decimals: 2, thresholds: limits(0.01, 0.05) }),
    figure('Within', 'The time within which 95 % of the queries were done.', 's',
      [[quantile(0.95, OPERATIONS, [], 'kind="query"'), '95 %']], { w: 6, thresholds: limits(1, 5) }),
    figure('Subscriptions', 'Subscriptions that go on.', 'none',
      [[`sum(${of('daveloper_graphql_subscriptions')})`, 'subscriptions']], { w: 6 }),

    row('Operations'),
    lines('Results', 'Operations, by what became of them.', 'ops',
      [[rate(`${OPERATIONS}_count`, ['result']), '{{result}}']], { stacked: true }),
    lines('Kinds and transports', 'Operations, by what they are and which way they came.', 'ops',
      [[rate(`${OPERATIONS}_count`, ['kind', 'transport']), '{{kind}} {{transport}}']], { stacked: true }),
    lines('How long they take', 'The time within which 95 % were done, by what they are.', 's',
      [[quantile(0.95, OPERATIONS, ['kind']), '{{kind}}']]),
    lines('Names', 'Operations by their names, as far as these are listed.', 'ops',
      [[rate(`${NAMED}_count`, ['name']), '{{name}}']], { stacked: true }),
    lines('Slowest names', 'The time within which 95 % were done, of the ten slowest names.', 's',
      [[`topk(10, ${quantile(0.95, NAMED, ['name'])})`, '{{name}}']]),
    spread('All times', 'How the times of operations spread.', 's', OPERATIONS),

    row('Why'),
    lines('Fields that fail', 'The ten fields that could not be given most, by the code that was told.', 'cps',
      [[`topk(10, ${rate(FIELDS, ['field', 'code'])})`, '{{field}} {{code}}']]),
    spread('Weight', 'How heavy operations are, as limits count them. Beyond 5,000 none is done.', 'none', WEIGHTS),
    lines('Known documents', 'The part of the valid documents that was read and judged before.', 'percentunit',
      [[`${rate(DOCUMENTS, [], 'result="hit"')} / ${rate(DOCUMENTS, [], 'result=~"hit|miss"')}`, 'known']], { max: 1 }),
    lines('Subscriptions', 'Subscriptions that go on, by the way they came.', 'none',
      [[`sum by (transport) (${of('daveloper_graphql_subscriptions')})`, '{{transport}}']]),
  ]);
