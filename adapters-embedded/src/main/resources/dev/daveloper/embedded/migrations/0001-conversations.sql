-- Moments are nanoseconds since 1970. Contents are JSON in UTF-8.

CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE runs (
    number          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    session_id      TEXT NOT NULL,
    user_message_id TEXT NOT NULL,
    message_id      TEXT NOT NULL,
    started_at      INTEGER NOT NULL,
    background      INTEGER NOT NULL,
    epoch           INTEGER NOT NULL,
    lease_until     INTEGER NOT NULL,
    ended_at        INTEGER,
    log_held        INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX runs_by_session ON runs (session_id);
-- A session's single place.
CREATE UNIQUE INDEX runs_in_the_making ON runs (session_id) WHERE ended_at IS NULL;
CREATE INDEX runs_by_lease ON runs (lease_until) WHERE ended_at IS NULL;
CREATE INDEX runs_with_log_by_end ON runs (ended_at) WHERE log_held = 1 AND ended_at IS NOT NULL;

-- The position is the order in which messages were accepted.
CREATE TABLE messages (
    position   INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL,
    content    BLOB NOT NULL
);
CREATE INDEX messages_by_session ON messages (session_id, position);

CREATE TABLE idempotency_keys (
    session_id  TEXT NOT NULL,
    value       TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run_id      TEXT NOT NULL,
    used_at     INTEGER NOT NULL,
    PRIMARY KEY (session_id, value)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_use ON idempotency_keys (used_at);

-- One row per batch. By number and not by id, so that the index of many runs being written at once fits few pages.
CREATE TABLE run_log (
    run       INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    epoch     INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    events    BLOB NOT NULL
);
CREATE UNIQUE INDEX run_log_in_order ON run_log (run, epoch, last_seq);

-- One row, rewritten to see whether the database can still be written to.
CREATE TABLE probe (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    asked_at INTEGER NOT NULL
);
INSERT INTO probe (id, asked_at) VALUES (1, 0);
