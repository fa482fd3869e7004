"""What is known of documents, jobs and passages, in SQLite: one thread does all of it, so each call is one step."""

import asyncio
import concurrent.futures
import fcntl
import re
import sqlite3
import time

ACTIVE = ("queued", "processing", "completed")
REMEMBERED_SECONDS = 7 * 86_400
MAX_REMEMBERED = 10_000
# A passage's row is its document's, and behind that its place in it.
PASSAGE_BITS = 20
MAX_TERMS = 64
# How much a word counts in headings, text and the file's name.
WEIGHTS = "2.0, 1.0, 0.5"
# Of each document, how many passages a search without a question finds.
OPENING_PASSAGES = 8
# English words that say nothing about what a question is about.
STOP_WORDS = frozenset(
    "a an and are as at be but by can did do does for from had has have how i in is it its me my of on or our s so tell"
    " than that the their them then there these they this to us was we were what when where which who why will with"
    " would you your about much many".split()
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  page_count INTEGER NOT NULL DEFAULT 0,
  passage_count INTEGER NOT NULL DEFAULT 0,
  completion INTEGER UNIQUE
);
CREATE INDEX IF NOT EXISTS by_scope ON documents (scope, sha256);
CREATE INDEX IF NOT EXISTS by_state ON documents (state, key);
CREATE VIRTUAL TABLE IF NOT EXISTS passages USING fts5 (
  headings, text, file_name, page UNINDEXED, start UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""


class Store:
    """All but `ask` and `close` runs on the store's own thread: `await store.ask(store.find_job, job_id)`."""

    def __init__(self, folder):
        self.lock = open(folder / "lock", "w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.close()
            raise SystemExit(f"Another process works in {folder}: give each its own by --data.") from None
        self.thread = concurrent.futures.ThreadPoolExecutor(1, "store")
        self.thread.submit(self.open, folder / "documents.db").result()

    async def ask(self, step, *arguments):
        """What this step answers. It is done, too, when whoever asked is cancelled meanwhile."""
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self.thread, step, *arguments))

    def open(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        # What was answered survives the loss of power.
        self.db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + SCHEMA)

    def close(self):
        self.thread.submit(self.db.close)
        self.thread.shutdown()
        self.lock.close()

    def one(self, query, *values):
        return self.db.execute(query, values).fetchone()

    def all(self, query, *values):
        return self.db.execute(query, values).fetchall()

    # Taking documents over

    def waiting(self):
        return self.one("SELECT count(*) FROM documents WHERE state = 'queued'")[0]

    def accept(self, new, keep):
        """Decides about `new`: ("added", row), ("duplicate", row), ("quota", None) or ("used", None).

        `keep` gives the bytes their name, before anybody can see the job.
        """
        with self.transaction():
            taken = "SELECT 1 FROM documents WHERE job_id = ? OR document_id = ?"
            if self.one(taken, new.job_id, new.document_id):
                return ("used", None)
            same = "SELECT * FROM documents WHERE scope = ? AND sha256 = ? AND state IN (?, ?, ?)"
            earlier = self.one(same, new.scope, new.sha256, *ACTIVE)
            if earlier:
                return ("duplicate", earlier)
            used = "SELECT count(*), coalesce(sum(bytes), 0) FROM documents WHERE state IN (?, ?, ?)"
            files, size = self.one(used + " AND scope = ?", *ACTIVE, new.scope)
            total_files, total_size = self.one(used, *ACTIVE)
            quota = new.quota
            if (
                files >= quota.scope_files
                or size + new.bytes > quota.scope_bytes
                or total_files >= quota.total_files
                or total_size + new.bytes > quota.total_bytes
            ):
                return ("quota", None)
            keep()
            now = time.time_ns()
            self.db.execute(
                "INSERT INTO documents (job_id, document_id, scope, name, folded, kind, bytes, sha256, accepted_at,"
                " changed_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')",
                (new.job_id, new.document_id, new.scope, new.name, new.name.casefold(), new.kind, new.bytes, new.sha256,
                 now, now),
            )  # fmt: skip
            return ("added", self.find_job(new.job_id))

    # Ingesting them

    def restart(self):
        """What was being ingested when the process ended begins anew, and what had been indexed of it is forgotten."""
        with self.transaction():
            for row in self.all("SELECT key FROM documents WHERE state = 'processing'"):
                self.forget_passages(row["key"])
            self.db.execute("UPDATE documents SET state = 'queued' WHERE state = 'processing'")

    def claim(self):
        """The oldest job that waits, now processing; None when there is none."""
        row = self.one("SELECT * FROM documents WHERE state = 'queued' ORDER BY key LIMIT 1")
        if row:
            self.change(row["key"], "queued", "processing")
            row = self.one("SELECT * FROM documents WHERE key = ?", row["key"])
        return row

    def add_passages(self, key, passages):
        """Adds nothing when the job was given up meanwhile."""
        with self.transaction():
            row = self.one("SELECT name FROM documents WHERE key = ? AND state = 'processing'", key)
            if row:
                self.db.executemany(
                    "INSERT INTO passages (rowid, headings, text, file_name, page, start) VALUES (?, ?, ?, ?, ?, ?)",
                    [(key << PASSAGE_BITS | each["ordinal"], "\n".join(each["headings"]), each["text"], row["name"],
                      each["page"], each["start"]) for each in passages],
                )  # fmt: skip

    def complete(self, key, pages, passages):
        with self.transaction():
            (last,) = self.one("SELECT coalesce(max(completion), 0) FROM documents")
            if self.change(key, "processing", "completed"):
                self.db.execute(
                    "UPDATE documents SET page_count = ?, passage_count = ?, completion = max(?, ?) WHERE key = ?",
                    (pages, passages, last + 1, time.time_ns(), key),
                )

    def fail(self, key, code, detail):
        with self.transaction():
            self.forget_passages(key)
            if self.change(key, "processing", "failed"):
                self.db.execute("UPDATE documents SET code = ?, detail = ? WHERE key = ?", (code, detail, key))
            self.forget_old()

    def cancel(self, job_id):
        """The job's row when this gave it up, else None."""
        with self.transaction():
            row = self.find_job(job_id)
            if row is None or row["state"] not in ("queued", "processing"):
                return None
            self.change(row["key"], row["state"], "cancelled")
            self.forget_passages(row["key"])
            self.forget_old()
            return row

    def change(self, key, before, after):
        update = "UPDATE documents SET state = ?, changed_at = ? WHERE key = ? AND state = ?"
        return self.db.execute(update, (after, time.time_ns(), key, before)).rowcount == 1

    def forget_old(self):
        ended = "state IN ('failed', 'cancelled')"
        self.db.execute(
            f"DELETE FROM documents WHERE {ended} AND (changed_at < ? OR key <= (SELECT key FROM documents WHERE {ended}"
            " ORDER BY key DESC LIMIT 1 OFFSET ?))",
            (time.time_ns() - REMEMBERED_SECONDS * 10**9, MAX_REMEMBERED),
        )

    # Looking at them

    def find_job(self, job_id):
        return self.one("SELECT * FROM documents WHERE job_id = ?", job_id)

    def find_document(self, document_id):
        return self.one("SELECT * FROM documents WHERE document_id = ? AND state = 'completed'", document_id)

    def document_ids(self):
        """Of all whose bytes are still needed."""
        rows = self.all("SELECT document_id FROM documents WHERE state IN ('queued', 'processing')")
        return {row["document_id"] for row in rows}

    def jobs(self, scope, limit):
        return self.all("SELECT * FROM documents WHERE scope = ? ORDER BY key DESC LIMIT ?", scope, limit)

    def unfinished(self, limit):
        return self.all("SELECT * FROM documents WHERE state IN ('queued', 'processing') ORDER BY key LIMIT ?", limit)

    def documents(self, scopes, name_contains, kind, before, limit):
        """Completed ones, the newest first, of those that were completed before the completion `before`."""
        query = "SELECT * FROM documents WHERE state = 'completed' AND completion < ? AND scope IN " + marks(scopes)
        values = [before, *scopes]
        if name_contains:
            query += " AND instr(folded, ?) > 0"
            values.append(name_contains.casefold())
        if kind:
            query += " AND kind = ?"
            values.append(kind)
        return self.all(query + " ORDER BY completion DESC LIMIT ?", *values, limit)

    def search(self, question, scopes, limit):
        """Passages of completed documents by BM25; for a question without words, how the documents begin."""
        terms = question_terms(question)
        found = (
            "SELECT documents.document_id, documents.name, passages.rowid & ? AS ordinal, passages.*, {score} AS score"
            " FROM documents {join} JOIN passages ON {where} AND documents.state = 'completed'"
            f" AND documents.scope IN {marks(scopes)} ORDER BY {{order}}, passages.rowid LIMIT ?"
        )
        mask = (1 << PASSAGE_BITS) - 1
        if not terms:
            query = found.format(
                score="1.0", join="CROSS", order="documents.completion DESC",
                where="passages.rowid BETWEEN documents.key << ? AND (documents.key << ?) + ?",
            )  # fmt: skip
            bits = (PASSAGE_BITS, PASSAGE_BITS, OPENING_PASSAGES - 1)
            return self.all(query, mask, *bits, *scopes, limit)
        query = found.format(
            score=f"-bm25(passages, {WEIGHTS})", join="", order="score DESC",
            where="passages MATCH ? AND documents.key = passages.rowid >> ?",
        )  # fmt: skip
        match = " OR ".join(f'"{term}"' for term in terms)
        return self.all(query, mask, match, PASSAGE_BITS, *scopes, limit)

    # Forgetting them

    def delete(self, document_id):
        """The row that was deleted, None when there was none."""
        with self.transaction():
            row = self.one("SELECT * FROM documents WHERE document_id = ? AND state IN (?, ?, ?)", document_id, *ACTIVE)
            if row:
                self.forget(row["key"])
            return row

    def delete_scope(self, scope):
        with self.transaction():
            rows = self.all("SELECT * FROM documents WHERE scope = ?", scope)
            for row in rows:
                self.forget(row["key"])
            return rows

    def forget(self, key):
        self.forget_passages(key)
        self.db.execute("DELETE FROM documents WHERE key = ?", (key,))

    def forget_passages(self, key):
        first = key << PASSAGE_BITS
        self.db.execute("DELETE FROM passages WHERE rowid BETWEEN ? AND ?", (first, first + (1 << PASSAGE_BITS) - 1))

    def transaction(self):
        return Transaction(self.db)


class Transaction:
    def __init__(self, db):
        self.db = db

    def __enter__(self):
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, *_):
        self.db.execute("ROLLBACK" if kind else "COMMIT")


def marks(values):
    return "(" + ", ".join("?" * len(values)) + ")"


def question_terms(question):
    """The words that count, each once, as far as MAX_TERMS; all of them when none counts."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", question.casefold())))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MAX_TERMS]
