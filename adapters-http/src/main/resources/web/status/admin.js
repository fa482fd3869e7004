/** What an administrator asks of the gateway, with the key of this tab. */
export class Admin {
  #key = null;

  use(key) {
    this.#key = key;
  }

  /** The answer as JSON, null where there is none; throws an error whose message is for people. */
  async ask(method, path, body) {
    let response;
    try {
      response = await fetch(path, {
        method,
        headers: { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Error('The gateway does not answer.');
    }
    if (response.status === 204) return null;
    const answer = await response.json();
    if (!response.ok) throw new Refused(response.status, answer);
    return answer;
  }
}

class Refused extends Error {
  constructor(status, { detail, title, errors }) {
    super([detail ?? title, ...(errors ?? []).map((flaw) => flaw.detail)].filter(Boolean).join(' '));
    this.status = status;
  }
}
