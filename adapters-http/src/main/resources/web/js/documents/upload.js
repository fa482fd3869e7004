import { problemFrom } from '../problems.js';
import { parseObject } from '../sse.js';

/** An upload of which nothing moves for so long is broken, in milliseconds. */
const STALL = 90_000;
const CUT = { status: 0 };

/**
 * Sends one file, the only way that tells of its progress. Resolves with {job}, {problem} (status 0 when the
 * connection broke), or {left: true} when the signal was aborted.
 */
export async function upload(file, { onProgress, signal }) {
  if (!await isReadable(file)) return { problem: UNREADABLE };
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const end = (outcome) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      resolve(outcome);
    };
    const leave = () => request.abort();
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        end({ problem: CUT });
        request.abort();
      }, STALL);
    };
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      moved();
      onProgress(total > 0 ? loaded / total : 1);
    });
    request.addEventListener('load', () => end(outcomeOf(request)));
    request.addEventListener('error', () => end({ problem: CUT }));
    request.addEventListener('abort', () => end({ left: true }));
    signal.addEventListener('abort', leave);
    if (signal.aborted) return end({ left: true });
    moved();
    request.open('POST', '/documents/ingest');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    return request.send(formOf(file));
  });
}

const UNREADABLE = {
  status: 422, title: 'The file cannot be read', detail: 'It may have been moved or changed, or be a folder.',
};

/** Whether the browser can still open the file; of a folder, or of one that was moved away, it cannot. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function formOf(file) {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}

function outcomeOf(request) {
  const { status, responseText } = request;
  const job = status === 202 ? parseObject(responseText) : null;
  if (job?.jobId) return { job };
  if (status < 400) return { problem: { status: 502, title: 'The gateway gave an answer that is not understood' } };
  return { problem: problemFrom(status, responseText, (name) => request.getResponseHeader(name)) };
}
