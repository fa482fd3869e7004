-- The keys that contents were sealed with. A key that nothing is sealed with any more is forgotten.
CREATE TABLE content_keys (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    -- A known text, sealed: tells whether a key of this name is this key.
    verifier BLOB NOT NULL
);

-- By which key what is in a row was sealed; 0 when it is as it was written.
ALTER TABLE messages ADD COLUMN sealed_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run_log ADD COLUMN sealed_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE idempotency_keys ADD COLUMN sealed_by INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_by_key ON messages (sealed_by);
CREATE INDEX run_log_by_key ON run_log (sealed_by);
CREATE INDEX idempotency_keys_by_key ON idempotency_keys (sealed_by);
