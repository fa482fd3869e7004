/** An answer that has not begun; it takes the shape of a stored message, so that one view shows both. */
export function newAnswer() {
  return {
    id: null, role: 'assistant', runId: null, text: '', reasoning: '', citations: [], toolCalls: [],
    usage: null, outcome: null, error: null, notice: null, live: true,
  };
}

/** Applies one event of a run to its answer. Types that are not known change nothing. */
export function applyEvent(answer, event) {
  APPLY[event.type]?.(answer, event);
}

const APPLY = {
  'run.started'(answer, { runId, messageId }) {
    answer.runId = runId;
    answer.id = messageId;
  },
  'text.delta'(answer, { text }) {
    answer.text += text;
  },
  'reasoning.delta'(answer, { text }) {
    answer.reasoning += text;
  },
  'tool.started'(answer, call) {
    answer.toolCalls.push({ callId: call.callId, name: call.name, arguments: call.arguments });
  },
  'tool.finished'(answer, { callId, ok, output }) {
    const call = answer.toolCalls.find((each) => each.callId === callId);
    if (call) Object.assign(call, { ok, output });
  },
  'citation.added'(answer, citation) {
    if (answer.citations.some(({ index }) => index === citation.index)) return;
    answer.citations.push(citation);
  },
  'usage.reported'(answer, { inputTokens, outputTokens }) {
    answer.usage = { inputTokens, outputTokens };
  },
  notice(answer, { code, text }) {
    if (code !== 'store_available') answer.notice = { code, text };
    else if (answer.notice?.code === 'store_unavailable') answer.notice = null;
  },
  'run.finished'(answer, { outcome, message, usage, error }) {
    if (message) Object.assign(answer, message);
    answer.outcome = outcome;
    answer.error = error ?? message?.error ?? null;
    answer.usage = usage ?? message?.usage ?? answer.usage;
    answer.notice = null;
    answer.live = false;
  },
};

/** What is said below an answer that did not come to its own end; null for one that did. */
export function endingOf({ outcome, error, text }) {
  const because = error?.detail ?? error?.title ?? null;
  switch (outcome) {
    case 'cancelled': return { word: 'Stopped.', sentence: text === '' ? 'No answer had arrived yet.' : null };
    case 'interrupted': return {
      word: 'Interrupted.', again: true, problem: error,
      sentence: because ?? 'The answer broke off before its end. What had arrived is kept.',
    };
    case 'limited': return {
      word: 'Cut short.', problem: error, sentence: because ?? 'The answer reached its limit.',
    };
    case 'failed': return {
      word: 'Failed.', again: true, problem: error, sentence: because ?? 'The agent could not finish this answer.',
    };
    default: return null;
  }
}
