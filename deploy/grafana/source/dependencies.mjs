import { bands, dashboard, figure, limits, lines, of, ofJob, quantile, rate, row } from './panels.mjs';
import { STATES } from './overview.mjs';

const RPC = 'daveloper_rpc_client_seconds';
const REDIS = 'daveloper_redis_commands_seconds';
const THERE = [[0, 'away', 'red'], [1, 'there', 'green']];

export default dashboard('daveloper-dependencies', 'Daveloper / Dependencies',
  'What the gateway needs: agent, document service, Redis or SQLite, and room on its disks.', [
    row('Components'),
    bands('Components', 'What each node says of what it needs.',
      [[of('daveloper_component_status'), '{{component}} of {{instance}}']], STATES, { w: 16 }),
    lines('How long components take to answer', 'The last question of each node to each component.', 's',
      [[of('daveloper_component_check_seconds'), '{{component}} of {{instance}}']]),

    row('Agent and document service'),
    lines('Calls', 'Calls by method.',
      'cps', [[rate(`${RPC}_count`, ['service', 'method']), '{{service}}/{{method}}']]),
    lines('Calls that fail', 'The part of the calls that the peer or the way to it failed.', 'percentunit',
      [[ofJob('service:daveloper_rpc_client_error_ratio:rate5m'), '{{service}}']], { thresholds: limits(0.01, 0.05) }),
    lines('How calls end', 'Calls that ended with another status than OK.', 'cps',
      [[`${rate(`${RPC}_count`, ['service', 'code'], 'code!="OK"')}`, '{{service}} {{code}}']]),
    lines('How long calls take', 'A call that streams is as long as its stream. 95 % within.', 's',
      [[quantile(0.95, RPC, ['service', 'method']), '{{service}}/{{method}}']]),
    lines('Calls under way', 'Calls that have not ended.', 'none',
      [[`sum by (service) (${of('daveloper_rpc_client_in_flight')})`, '{{service}}']]),
    bands('Connections', 'Whether a node has a connection to its peers.',
      [[of('daveloper_rpc_channel_ready'), '{{service}} of {{instance}}']], THERE),

    row('Redis'),
    lines('Commands', 'Commands by name.', 'cps', [[rate(`${REDIS}_count`, ['command']), '{{command}}']]),
    lines('How long commands take', '99 % within, by name.', 's',
      [[quantile(0.99, REDIS, ['command']), '{{command}}']], { thresholds: limits(0.02, 0.1) }),
    lines('Commands that wait', 'Commands that Redis has not answered yet.', 'none',
      [[of('daveloper_redis_commands_pending'), '{{instance}}']]),
    bands('Connected', 'Whether a node has its connections to Redis, by what they are for.',
      [[of('daveloper_redis_connected'), '{{link}} of {{instance}}']], THERE,
      { w: 24, h: 4 }),

    row('SQLite'),
    lines('Queues', 'How full the queues of the threads are that write and read.', 'percentunit',
      [[of('instance:daveloper_sqlite_queue:ratio'), '{{lane}} {{database}} {{instance}}']],
      { max: 1, thresholds: limits(0.5, 0.8) }),
    lines('How long commits take', '99 % within.', 's',
      [[quantile(0.99, 'daveloper_sqlite_commit_seconds', ['instance', 'database']), '{{database}} {{instance}}']]),
    lines('Size', 'The database with its write-ahead log.',
      'bytes', 
      [[of('daveloper_sqlite_size_bytes'), '{{database}} {{instance}}']]),
    lines('Writes', 'Writes that were committed; those that wait together share a commit.', 'cps',
      [[rate('daveloper_sqlite_writes_total', ['database']), '{{database}}']]),
    lines('Refused and rolled back', 'What found no room or no turn in time, and commits that failed.', 'cps',
      [[rate('daveloper_sqlite_refused_total', ['database', 'lane']), 'refused {{lane}} {{database}}'],
        [rate('daveloper_sqlite_commits_failed_total', ['database']), 'failed {{database}}']]),

    row('Documents'),
    lines('Queue', 'Documents that wait, and that are read.', 'none',
      [[`sum by (state) (${of('daveloper_documents_queue')})`, '{{state}}']]),
    lines('How full the queue is', 'From 1 on documents are refused.', 'percentunit',
      [[of('instance:daveloper_documents_queue:ratio'), '{{instance}}']], { max: 1, thresholds: limits(0.5, 0.8) }),
    lines('Documents', 'Documents that were ingested, that could not be, and that were deleted.', 'cps',
      [[rate('daveloper_documents_ingested_total'), 'ingested'], [rate('daveloper_documents_failed_total'), 'failed'],
        [rate('daveloper_documents_deleted_total'), 'deleted']]),

    row('Disks and certificates'),
    lines('Room on disks', 'The part of each volume that is free.', 'percentunit',
      [[of('volume:daveloper_disk_free:ratio'), '{{volume}} of {{instance}}']],
      { max: 1, thresholds: limits(0.1, 0.03) }),
    lines('Free', 'What is free of each volume.',
      'bytes', [[of('daveloper_disk_free_bytes'), '{{volume}} of {{instance}}']]),
    figure('Certificate', 'When the first certificate ends. Without TLS there is none.', 's',
      [[`min(${of('daveloper_tls_certificate_expiry_timestamp_seconds')}) - time()`, 'ends in']],
      { w: 8, h: 8, thresholds: limits(14 * 86_400, 3 * 86_400) }),
  ]);
