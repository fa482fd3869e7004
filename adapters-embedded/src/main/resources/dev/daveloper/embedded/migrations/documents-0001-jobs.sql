-- Moments are nanoseconds since 1970. A scope is 'shared' or a session's id.

-- A document and the job that ingests it. The number is the order in which documents were accepted, the listing the
-- order in which they were first completed.
CREATE TABLE jobs (
    number         INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    document_id    TEXT NOT NULL UNIQUE,
    scope          TEXT NOT NULL,
    name           TEXT NOT NULL,
    folded_name    TEXT NOT NULL,
    kind           TEXT NOT NULL,
    bytes          INTEGER NOT NULL,
    hash           TEXT NOT NULL,
    file           TEXT NOT NULL UNIQUE,
    state          TEXT NOT NULL CHECK (state IN ('queued', 'processing', 'completed', 'failed', 'cancelled')),
    attempts       INTEGER NOT NULL DEFAULT 0,
    accepted_at    INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    failure_code   TEXT,
    failure_detail TEXT,
    pages          INTEGER,
    passages       INTEGER,
    ingested_at    INTEGER,
    listing        INTEGER UNIQUE
);
CREATE INDEX jobs_by_scope ON jobs (scope, number);
CREATE INDEX jobs_listed ON jobs (scope, listing) WHERE state = 'completed';
CREATE INDEX jobs_unfinished ON jobs (number) WHERE state IN ('queued', 'processing');
CREATE INDEX jobs_processing ON jobs (number) WHERE state = 'processing';
CREATE INDEX jobs_ended ON jobs (changed_at) WHERE state IN ('failed', 'cancelled');
-- The same bytes in the same scope are the same document.
CREATE UNIQUE INDEX jobs_by_content ON jobs (scope, hash) WHERE state NOT IN ('failed', 'cancelled');

-- What is kept, for each scope, and for all together under '*'. A document that was ingested before and is read again
-- does not wait: nobody is refused because of it.
CREATE TABLE usage (
    scope   TEXT PRIMARY KEY,
    files   INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    waiting INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER usage_grows AFTER INSERT ON jobs WHEN NEW.state NOT IN ('failed', 'cancelled') BEGIN
    INSERT INTO usage (scope, files, bytes, waiting)
        VALUES (NEW.scope, 1, NEW.bytes, NEW.state = 'queued'), ('*', 1, NEW.bytes, NEW.state = 'queued')
        ON CONFLICT (scope) DO UPDATE SET
            files = files + 1, bytes = bytes + excluded.bytes, waiting = waiting + excluded.waiting;
END;

CREATE TRIGGER usage_shrinks AFTER DELETE ON jobs WHEN OLD.state NOT IN ('failed', 'cancelled') BEGIN
    UPDATE usage SET
        files = files - 1, bytes = bytes - OLD.bytes,
        waiting = waiting - (OLD.state = 'queued' AND OLD.listing IS NULL)
        WHERE scope IN (OLD.scope, '*');
    DELETE FROM usage WHERE scope = OLD.scope AND files = 0;
END;

-- An end without a document is final, so that nothing grows here but what waits.
CREATE TRIGGER usage_changes AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
    UPDATE usage SET
        files = files - (NEW.state IN ('failed', 'cancelled')),
        bytes = bytes - (NEW.state IN ('failed', 'cancelled')) * OLD.bytes,
        waiting = waiting - (OLD.state = 'queued' AND OLD.listing IS NULL)
                          + (NEW.state = 'queued' AND NEW.listing IS NULL)
        WHERE scope IN (OLD.scope, '*');
    DELETE FROM usage WHERE scope = OLD.scope AND files = 0;
END;

-- One row, rewritten to see whether the database can still be written to.
CREATE TABLE probe (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    asked_at INTEGER NOT NULL
);
INSERT INTO probe (id, asked_at) VALUES (1, 0);
