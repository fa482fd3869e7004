import { parseObject, readEvents } from '../js/sse.js';

const ADDRESS = '/graphql';
const ONE_ANSWER = 'application/graphql-response+json, application/json';
const MANY_ANSWERS = 'text/event-stream';

/**
 * What GraphiQL asks with: an answer for queries and mutations, something to subscribe to for subscriptions. Whatever
 * comes instead of a result, such as a problem, is shown as it is.
 */
export function fetcher(request, { documentAST: document, headers = {} } = {}) {
  const name = request.operationName;
  // GraphiQL takes note of what a tab asks for a moment after it was opened; until then it tells of the one before.
  const behind = name && !new RegExp(`\\b${name}\\b`).test(request.query);
  const asked = behind ? { ...request, operationName: undefined } : request;
  const many = behind ? isSubscriptionText(request.query) : isSubscription(document, name);
  return many ? results(asked, headers) : ask(asked, headers);
}

function isSubscriptionText(query) {
  return /^\s*subscription\b/.test(query.replace(/^\s*#.*$/gm, ''));
}

function isSubscription(document, name) {
  const operations = document?.definitions.filter(({ kind }) => kind === 'OperationDefinition') ?? [];
  const meant = name ? operations.find((each) => each.name?.value === name) : operations[0];
  return meant?.operation === 'subscription';
}

function send(request, headers, accept, signal) {
  return fetch(ADDRESS, {
    method: 'POST',
    headers: { ...headers, Accept: accept, 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
    cache: 'no-store',
    signal,
  });
}

async function ask(request, headers) {
  try {
    return await answerOf(await send(request, headers, ONE_ANSWER));
  } catch {
    return trouble('The gateway could not be reached.');
  }
}

async function answerOf(response) {
  const text = await response.text();
  return parseObject(text) ?? trouble(`The gateway answered ${response.status}, and no JSON.`);
}

function trouble(message) {
  return { errors: [{ message }] };
}

/** In the mode of distinct connections: one request for one subscription, and to stop is to hang up. */
function results(request, headers) {
  return {
    subscribe(observer) {
      const stop = new AbortController();
      follow(request, headers, stop.signal, (result) => observer.next(result)).then((ended) => {
        if (stop.signal.aborted) return;
        if (!ended) observer.next(trouble('The connection was lost before the end.'));
        observer.complete();
      });
      return { unsubscribe: () => stop.abort() };
    },
  };
}

/** Whether it was told that there is no more. */
async function follow(request, headers, signal, onResult) {
  let complete = false;
  try {
    const response = await send(request, headers, MANY_ANSWERS, signal);
    if (!response.headers.get('Content-Type')?.startsWith(MANY_ANSWERS)) {
      onResult(await answerOf(response));
      return true;
    }
    await readEvents(response.body, {
      onChunk: () => {},
      onEvent: ({ event, data }) => {
        if (event === 'complete') complete = true;
        else if (event === 'next' && !signal.aborted) onResult(parseObject(data) ?? trouble('An event was no JSON.'));
      },
    });
  } catch {
    return complete;
  }
  return complete;
}
