"""Turns kept bytes into passages, in the background: some workers, each with one document and one reading process."""

import asyncio
import contextlib
import json
import os
import pathlib
import signal
import sys
import time

from daveloper.documents.v1 import documents_pb2 as pb

WORKERS = 2
READING = pathlib.Path(__file__).parent / "reading"
READING_SECONDS = 120
# A damaged PDF can make its reader turn in circles.
SILENT_SECONDS = 30
LINE_BYTES = 1 << 20
BATCH = 200
STAGES = {"reading": pb.STAGE_READING, "splitting": pb.STAGE_SPLITTING, "indexing": pb.STAGE_INDEXING}
# Where each stage begins and ends in the whole job, by what it takes with usual files.
SHARES = {"reading": (0.0, 0.7), "splitting": (0.7, 0.8), "indexing": (0.8, 1.0)}


class Failed(Exception):
    def __init__(self, code, detail=""):
        super().__init__(code)
        self.code = code
        self.detail = detail


class Ingestion:
    def __init__(self, store, files):
        self.store = store
        self.files = files
        self.progress = {}
        self.running = {}
        self.watchers = {}
        self.wake = asyncio.Event()

    @contextlib.asynccontextmanager
    async def at_work(self):
        """Works on what waits until this context ends; what is unfinished then begins anew at the next start."""
        workers = [asyncio.create_task(self.work()) for _ in range(WORKERS)]
        try:
            yield
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def work(self):
        while True:
            self.wake.clear()
            row = await self.store.ask(self.store.claim)
            if row is None:
                await self.wake.wait()
                continue
            self.advance(row, "reading", 0)
            task = asyncio.create_task(self.ingest(row))
            self.running[row["key"]] = task
            try:
                # A job that is given up ends its task, not this worker.
                await asyncio.wait({task})
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                del self.running[row["key"]]
                self.progress.pop(row["key"], None)
            self.drop_file(row)
            self.changed(row["job_id"])

    async def ingest(self, row):
        try:
            pages, passages = await self.read(row)
            await self.store.ask(self.store.complete, row["key"], pages, passages)
        except Failed as failed:
            await self.store.ask(self.store.fail, row["key"], failed.code, failed.detail)
        except Exception as wrong:
            # The name tells the operator enough; what it says might quote the document.
            print(f"{row['job_id']}: {type(wrong).__name__}", file=sys.stderr, flush=True)
            await self.store.ask(self.store.fail, row["key"], "documents_failed", "")

    async def read(self, row):
        kind = pb.MediaKind.Name(row["kind"]).removeprefix("MEDIA_KIND_").lower()
        # In a session of its own: a Ctrl-C is for this process, which then decides.
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-B", READING, self.file(row["document_id"]), kind, limit=LINE_BYTES,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            async with asyncio.timeout(READING_SECONDS):
                found = await self.hear(row, child.stdout)
                status = await child.wait()
        except TimeoutError:
            raise Failed("document_too_complex", "The document takes too long to be read.") from None
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Failed("document_too_complex", "The document takes too long to be read.")
        if status or found is None:
            raise Failed("documents_failed")
        return found

    async def hear(self, row, lines):
        """Follows the reading process and indexes what it found; its pages and passages, None when it broke down."""
        summary = None
        batch = []
        done = 0
        while line := await asyncio.wait_for(lines.readline(), SILENT_SECONDS):
            said = json.loads(line)
            if "stage" in said:
                self.advance(row, said["stage"], said["progress"])
            elif "code" in said:
                raise Failed(said["code"], said["detail"])
            elif summary is None:
                summary = said
            else:
                batch.append(said)
                if len(batch) == BATCH or done + len(batch) == summary["passages"]:
                    await self.store.ask(self.store.add_passages, row["key"], batch)
                    done += len(batch)
                    batch = []
                    self.advance(row, "indexing", done / summary["passages"])
        if summary is None or done != summary["passages"]:
            return None
        return summary["pages"], summary["passages"]

    def advance(self, row, stage, part):
        begin, end = SHARES[stage]
        whole = begin + (end - begin) * part
        self.progress[row["key"]] = (STAGES[stage], whole, time.time_ns())
        self.changed(row["job_id"])

    def added(self):
        self.wake.set()

    def given_up(self, row):
        """After a job was cancelled or its document deleted: its reading ends at once."""
        task = self.running.get(row["key"])
        if task:
            task.cancel()
        else:
            self.drop_file(row)
        self.changed(row["job_id"])

    @contextlib.contextmanager
    def watching(self, job_id):
        """An event that is set whenever the job changes."""
        event = asyncio.Event()
        events = self.watchers.setdefault(job_id, set())
        events.add(event)
        try:
            yield event
        finally:
            events.discard(event)
            if not events:
                self.watchers.pop(job_id, None)

    def changed(self, job_id):
        for event in self.watchers.get(job_id, ()):
            event.set()

    def file(self, document_id):
        return self.files / document_id

    def drop_file(self, row):
        """Once a job is over its bytes are of no more use: the passages are what is searched."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.file(row["document_id"]))
