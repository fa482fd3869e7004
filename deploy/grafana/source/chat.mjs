import { dashboard, figure, limits, lines, of, quantile, rate, row, spread } from './panels.mjs';

const FIRST = 'daveloper_chat_first_delta_seconds';
const OVERHEAD = 'daveloper_overhead_seconds';
const MESSAGES = 'daveloper_websocket_messages_seconds';

export default dashboard('daveloper-chat', 'Daveloper / Chat',
  'What visitors wait for: answers, their first words, and what the gateway itself adds to the agent.', [
    row('Answers'),
    figure('Answers now', 'Answers that are being made.', 'none', [[`sum(${of('daveloper_runs_active')})`, 'answers']]),
    figure('Viewers now', 'Those who follow an answer.', 'none', [[`sum(${of('daveloper_viewers')})`, 'viewers']]),
    figure('Sockets now', 'WebSockets that are open.',
      'none', [[`sum(${of('daveloper_websockets_open')})`, 'sockets']]),
    figure('First words', 'The time within which 95 % of the answers have begun. The objective is 99 % within 5 s.',
      's',
      [[quantile(0.95, FIRST), '95 % within']], { thresholds: limits(2, 5) }),
    figure('Own time for a piece', 'What the gateway itself takes to pass on a piece of an answer, 99 % within.', 's',
      [[quantile(0.99, OVERHEAD, [], 'phase="delta"'), '99 % within']], { thresholds: limits(0.01, 0.05) }),
    figure('Stopped', 'The part of the answers that a visitor stopped within the last hour.', 'percentunit',
      [[`sum(increase(${of('daveloper_runs_ended_total', 'outcome="cancelled"')}[1h]))
        / (sum(increase(${of('daveloper_runs_ended_total')}[1h])) > 0)`.replace(/\s+/g, ' '), 'stopped']]),
    lines('How answers end', 'Answers by how they ended.', 'cps',
      [[rate('daveloper_runs_ended_total', ['outcome']), '{{outcome}}']], { stacked: true }),
    lines('How long answers take', 'From the beginning to the end; that is the time of the agent.', 's',
      [[quantile(0.5, 'daveloper_runs_duration_seconds'), 'half within'],
        [quantile(0.95, 'daveloper_runs_duration_seconds'), '95 % within']]),
    lines('Answers and viewers', 'Answers that each node makes, and those who follow them there.', 'none',
      [[`sum by (instance) (${of('daveloper_runs_active')})`, 'answers {{instance}}'],
        [`sum by (instance) (${of('daveloper_viewers')})`, 'viewers {{instance}}']]),

    row('Waiting'),
    spread('First words', 'How long visitors waited for the first words.', 's', FIRST),
    lines('First words', 'The time from the message to the first words.', 's',
      [[quantile(0.5, FIRST), 'half within'], [quantile(0.95, FIRST), '95 % within'],
        [quantile(0.99, FIRST), '99 % within']],
      { thresholds: limits(2, 5) }),
    lines('Own time', 'What the gateway takes without the agent: to begin, for a piece, and to end. 99 % within.',
      's',
      [[quantile(0.99, OVERHEAD, ['phase']), '{{phase}}']]),

    row('Transports'),
    lines('Messages over WebSocket', 'What clients sent, by type.',
      'cps', [[rate(`${MESSAGES}_count`, ['type']), '{{type}}']]),
    lines('How long messages take', 'Until a message of a client was dealt with, 95 % within.', 's',
      [[quantile(0.95, MESSAGES, ['type']), '{{type}}']]),
    lines('Streams that go on', 'Readers that came back with a cursor, after a break or in another tab.', 'cps',
      [[rate('daveloper_runs_resumed_total'), 'resumed']]),

    row('What answers need'),
    lines('Tools', 'Tools that the agent called, by how that ended.', 'cps',
      [[rate('daveloper_tool_calls_total', ['result']), '{{result}}']]),
    lines('Tokens', 'What the agent says it used of its model.', 'cps',
      [[rate('daveloper_tokens_total', ['direction']), '{{direction}}']]),
    lines('Keeping answers', 'The time to keep a batch of an answer, by the store of each node, 99 % within.', 's',
      [[quantile(0.99, 'daveloper_log_append_seconds', ['instance']), '{{instance}}']],
      { thresholds: limits(0.1, 0.5) }),
    lines('Events kept', 'Events of answers that were kept.', 'cps',
      [[rate('daveloper_log_append_events_total', ['instance']), '{{instance}}']]),
    lines('Sessions', 'Sessions that were opened, renewed, and that ended.', 'cps',
      [[rate('daveloper_sessions_opened_total'), 'opened'], [rate('daveloper_sessions_renewed_total'), 'renewed'],
        [rate('daveloper_sessions_ended_total', ['how']), '{{how}}']]),
  ]);
