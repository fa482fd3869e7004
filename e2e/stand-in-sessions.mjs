import { randomBytes } from 'node:crypto';

const NAME = 'session';
export const NO_SESSION = { code: 'session_required', title: 'A session is needed' };

/** The sessions of a stand-in: opened, renewed, exported, ended, and gone when nobody has used them for long enough. */
export class Sessions {
  /** Milliseconds from the last use, and from the opening, to the end. */
  idle = 86_400_000;
  longest = 30 * 86_400_000;
  /** By token. */
  live = new Map();

  /** The session whose cookie the request has; that is a use of it. */
  of(request) {
    const token = new RegExp(`(?:^|; )${NAME}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1];
    const session = this.live.get(token);
    if (!session) return null;
    if (Date.now() >= endsAt(this, session)) {
      this.end(session);
      return null;
    }
    session.lastSeenAt = Date.now();
    return session;
  }

  open(response) {
    const now = Date.now();
    const session = {
      sessionId: `ses_${randomBytes(8).toString('hex')}`, createdAt: now, lastSeenAt: now, messages: [],
      keys: new Map(), run: null, streams: new Set(),
    };
    return this.#giveToken(session, response);
  }

  /** Gives the session another token; what was opened with the old one ends. */
  renew(session, response) {
    this.live.delete(session.token);
    this.#giveToken(session, response);
    endStreams(session);
    return session;
  }

  #giveToken(session, response) {
    session.token = randomBytes(8).toString('hex');
    this.live.set(session.token, session);
    const seconds = Math.ceil((session.createdAt + this.longest - Date.now()) / 1_000);
    setCookie(response, session.token, seconds);
    return session;
  }

  /** Ends a session, with everything that is its own. */
  end(session, response = null) {
    this.live.delete(session.token);
    session.run?.end('cancelled');
    endStreams(session);
    if (response) setCookie(response, '', 0);
  }

  /** Remembers a response that goes on for as long as the session. */
  keep(session, response) {
    session.streams.add(response);
    response.on('close', () => session.streams.delete(response));
  }

  opened(session) {
    const { sessionId, token } = session;
    return { sessionId, token, createdAt: moment(session.createdAt), ...this.#ends(session) };
  }

  told(session) {
    const { sessionId, createdAt, lastSeenAt } = session;
    return { sessionId, createdAt: moment(createdAt), lastSeenAt: moment(lastSeenAt), ...this.#ends(session) };
  }

  #ends(session) {
    return { expiresAt: moment(endsAt(this, session)), latestExpiresAt: moment(session.createdAt + this.longest) };
  }
}

function endsAt({ idle, longest }, { createdAt, lastSeenAt }) {
  return Math.min(lastSeenAt + idle, createdAt + longest);
}

function endStreams(session) {
  for (const response of session.streams) response.end();
}

function setCookie(response, value, seconds) {
  response.setHeader('Set-Cookie', `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`);
}

function moment(milliseconds) {
  return new Date(milliseconds).toISOString();
}
