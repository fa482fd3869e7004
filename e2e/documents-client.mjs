import assert from 'node:assert/strict';

const PATIENCE = 90_000;
const ASK_EVERY = 50;

/** Somebody with a session of their own, who uses documents by the REST API. */
export class Person {
  #gateway;
  #cookie = '';

  /** @param gateway its address */
  constructor(gateway) {
    this.#gateway = gateway;
  }

  get cookie() {
    return this.#cookie;
  }

  async open() {
    const response = await this.#call('/sessions', { method: 'POST' });
    assert.equal(response.status, 201);
    await response.arrayBuffer();
    return this;
  }

  /** Sends files, each {name, type, content}, in one request, as a browser's form does. */
  upload(...files) {
    const form = new FormData();
    for (const { name, type, content } of files) form.append('file', new Blob([content], { type }), name);
    return this.#call('/documents/ingest', { method: 'POST', body: form });
  }

  /** Hands a file over and answers its job. */
  async handOver(file) {
    const response = await this.upload(file);
    const job = await response.json();
    assert.equal(response.status, 202, JSON.stringify(job));
    assert.equal(response.headers.get('location'), `/documents/status/${job.jobId}`);
    return job;
  }

  /** Hands a file over and answers its last state and all that were told before. */
  async ingest(file) {
    const { jobId } = await this.handOver(file);
    const steps = await this.follow(jobId);
    return { steps, last: steps.at(-1).data };
  }

  /** The events of a job until its stream ends, as {event, id, data}. */
  async follow(jobId) {
    const response = await this.get(`/documents/status/${jobId}/events`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    const blocks = (await response.text()).split('\n\n').map((block) => fieldsOf(block));
    return blocks.filter(({ data }) => data).map((block) => ({ ...block, data: JSON.parse(block.data) }));
  }

  get(path) {
    return this.#call(path, {});
  }

  /** The answer to a GET that succeeds. */
  async read(path) {
    const response = await this.get(path);
    const body = await response.json();
    assert.equal(response.status, 200, JSON.stringify(body));
    return body;
  }

  cancel(jobId) {
    return this.#call(`/documents/status/${jobId}/cancel`, { method: 'POST' });
  }

  delete(id) {
    return this.#call(`/documents/${id}`, { method: 'DELETE' });
  }

  /** The finished answer to a question: its text and citations. */
  async ask(message) {
    const response = await this.#call('/agent/chat', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ message }),
    });
    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    return answer.message;
  }

  async #call(path, options) {
    const response = await fetch(`${this.#gateway}${path}`, {
      ...options,
      headers: { ...options.headers, ...(this.#cookie && { Cookie: this.#cookie }) },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const [set] = response.headers.getSetCookie();
    if (set) [this.#cookie] = set.split(';');
    return response;
  }
}

function fieldsOf(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name) fields[name] = value;
  }
  return fields;
}

/** Asserts that this is a problem with this status and code. */
export async function assertProblem(response, status, code) {
  const problem = await response.json();
  assert.equal(response.status, status, JSON.stringify(problem));
  assert.match(response.headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(problem.code, code);
  assert.equal(problem.status, status);
  assert.ok(problem.detail, 'it says why');
  return problem;
}

/** Waits until the condition holds. */
export async function until(condition, what) {
  const end = Date.now() + PATIENCE;
  while (!await condition()) {
    assert.ok(Date.now() < end, `never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
  }
}
