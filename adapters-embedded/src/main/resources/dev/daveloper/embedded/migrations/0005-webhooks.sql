-- Who is told of what happens. Secrets are in the content, which is always sealed.
CREATE TABLE webhook_endpoints (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    content    BLOB NOT NULL,
    -- By which key; -1 for the one that lies beside the database.
    sealed_by  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhook_endpoints_by_age ON webhook_endpoints (created_at, id);
CREATE INDEX webhook_endpoints_by_key ON webhook_endpoints (sealed_by);

-- What is told: until it was handed to its endpoints' queues, and for as long as one of their deliveries is remembered.
CREATE TABLE webhook_events (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    type       TEXT NOT NULL,
    session_id TEXT,
    at         INTEGER NOT NULL,
    parent     TEXT,
    state      TEXT,
    -- 1 until it was handed on.
    outgoing   INTEGER NOT NULL,
    body       BLOB NOT NULL,
    sealed_by  INTEGER NOT NULL
);
CREATE INDEX webhook_outbox ON webhook_events (number) WHERE outgoing = 1;
CREATE INDEX webhook_events_by_key ON webhook_events (sealed_by);

CREATE TABLE webhook_deliveries (
    id         TEXT PRIMARY KEY,
    endpoint   TEXT NOT NULL,
    event      INTEGER NOT NULL REFERENCES webhook_events (number),
    -- Of the event, with the id the order in which deliveries are listed.
    at         INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- 0 waiting, 1 sending, 2 delivered, 3 dead
    state      INTEGER NOT NULL,
    -- When it is due, its lease runs out, or it was over.
    moment     INTEGER NOT NULL,
    death      TEXT,
    ticket     INTEGER NOT NULL DEFAULT 0,
    attempted  INTEGER NOT NULL DEFAULT 0,
    failures   INTEGER NOT NULL DEFAULT 0,
    -- With what receivers answered, which may be what they were sent.
    attempts   BLOB,
    sealed_by  INTEGER
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, moment) WHERE state < 2;
CREATE INDEX webhook_deliveries_next ON webhook_deliveries (moment) WHERE state < 2;
CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (endpoint, at, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (endpoint, state, at, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (endpoint, created_at) WHERE state < 2;
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (moment) WHERE state >= 2;
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE state = 0;
CREATE INDEX webhook_deliveries_by_key ON webhook_deliveries (sealed_by) WHERE sealed_by IS NOT NULL;
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event);

-- How many deliveries an endpoint has, so that nobody counts them: 1 waiting or sending, 2 delivered, 3 dead.
CREATE TABLE webhook_counts (
    endpoint TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (endpoint, kind)
) WITHOUT ROWID;
CREATE TRIGGER webhook_delivery_made AFTER INSERT ON webhook_deliveries BEGIN
    INSERT INTO webhook_counts VALUES (new.endpoint, max(new.state, 1), 1)
        ON CONFLICT (endpoint, kind) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER webhook_delivery_moved AFTER UPDATE OF state ON webhook_deliveries
WHEN max(new.state, 1) <> max(old.state, 1) BEGIN
    UPDATE webhook_counts SET count = count - 1 WHERE endpoint = old.endpoint AND kind = max(old.state, 1);
    DELETE FROM webhook_counts WHERE endpoint = old.endpoint AND kind = max(old.state, 1) AND count = 0;
    INSERT INTO webhook_counts VALUES (new.endpoint, max(new.state, 1), 1)
        ON CONFLICT (endpoint, kind) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER webhook_delivery_gone AFTER DELETE ON webhook_deliveries BEGIN
    UPDATE webhook_counts SET count = count - 1 WHERE endpoint = old.endpoint AND kind = max(old.state, 1);
    DELETE FROM webhook_counts WHERE endpoint = old.endpoint AND kind = max(old.state, 1) AND count = 0;
END;

-- How it stands with an endpoint: its streak of failures, the last of them, until when its rate is taken.
CREATE TABLE webhook_standings (
    endpoint      TEXT PRIMARY KEY,
    failing_since INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    certain_since INTEGER,
    last_failure  BLOB,
    sealed_by     INTEGER,
    taken_until   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX webhook_standings_by_key ON webhook_standings (sealed_by) WHERE sealed_by IS NOT NULL;

-- How many attempts of an hour ended so: a trouble, a class of latencies, a delivery's end.
CREATE TABLE webhook_tallies (
    endpoint TEXT NOT NULL,
    hour     INTEGER NOT NULL,
    what     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (endpoint, hour, what)
) WITHOUT ROWID;
CREATE INDEX webhook_tallies_by_hour ON webhook_tallies (hour);

-- What others keep and is to be told of when it has happened.
CREATE TABLE webhook_awaited (
    what     TEXT PRIMARY KEY,
    noted_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhook_awaited_by_age ON webhook_awaited (noted_at, what);
