-- A session that has ended has no token; its name stays until all that it owned is forgotten.

CREATE TABLE sessions_that_end (
    id           TEXT PRIMARY KEY,
    token_hash   TEXT UNIQUE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
);
INSERT INTO sessions_that_end SELECT id, token_hash, created_at, last_seen_at, expires_at FROM sessions;
DROP TABLE sessions;
ALTER TABLE sessions_that_end RENAME TO sessions;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One row: how many were ever opened, and how many ended in which way.
CREATE TABLE session_counts (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    opened  INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    revoked INTEGER NOT NULL
);
INSERT INTO session_counts SELECT 1, count(*), 0, 0, 0 FROM sessions;
