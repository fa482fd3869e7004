import { parseObject } from './sse.js';

const TITLES = {
  agent_unavailable: 'The agent is not available right now.',
  quota_exceeded: 'That was too much in a short time.',
  too_many_sessions: 'Too many conversations are open from here.',
  run_in_progress: 'Another answer is still being written.',
  body_too_large: 'This message is too long.',
};

/**
 * A refusal in plain words: {title, detail, again, problem}; `again` says whether sending the same once more may help.
 */
export function explain(problem) {
  const { status, code, detail, retryAfterSeconds } = problem;
  const wait = retryAfterSeconds ? `Try again in ${secondsInWords(retryAfterSeconds)}.` : null;
  if (status === 0) {
    return { title: 'The gateway could not be reached.', detail: 'Your message is kept here.', again: true, problem };
  }
  const title = TITLES[code] ?? problem.title ?? titleOf(status);
  const told = detail && detail !== title ? detail : null;
  const again = status >= 500 || status === 429 || status === 409;
  return { title, detail: [told, wait].filter(Boolean).join(' ') || null, again, problem };
}

function titleOf(status) {
  if (status === 413) return 'This message is too long.';
  return status >= 500 ? 'The gateway has a problem.' : 'The gateway did not accept this message.';
}

export function secondsInWords(seconds) {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}

/** The problem object of a response; for one that carries none, a bare {status}, without a code. */
export async function problemOf(response) {
  const text = await response.text().catch(() => '');
  return problemFrom(response.status, text, (name) => response.headers.get(name));
}

/**
 * The same from the parts of a response; `header(name)` gives null for one that is not there. The request's id, by
 * which support finds it, is added as `requestId`.
 */
export function problemFrom(status, text, header) {
  const problem = /[/+]json/.test(header('content-type') ?? '') ? parseObject(text) : null;
  const retryAfter = Number(header('retry-after'));
  const requestId = header('x-request-id');
  return {
    ...problem,
    status,
    ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
    ...(requestId ? { requestId } : {}),
  };
}
