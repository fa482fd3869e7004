-- What administrators changed of the configured rate limits.
CREATE TABLE policy_changes (
    policy   TEXT PRIMARY KEY,
    sentence TEXT NOT NULL
) WITHOUT ROWID;
