"""A document service for Daveloper, written from daveloper/documents/v1/documents.proto alone."""

import asyncio
import contextlib
import re
import types

import grpc
from daveloper.documents.v1 import documents_pb2 as pb
from daveloper.documents.v1 import documents_pb2_grpc
from ingestion import Ingestion
from messages import Tokens, document_of, job_of, passage_of
from refusals import invalid, not_found, refuse
from store import Store
from uploads import Upload, clear

MAX_CHUNK_BYTES = 256 << 10
MAX_WAITING = 1_000
MAX_NAME_UNITS = 200
MAX_QUESTION_CHARS = 4_000
MAX_SCOPES = 100
JOBS_PER_MESSAGE = 200
JOB_ID = re.compile("job_[0-9a-z]{26}")
DOCUMENT_ID = re.compile("doc_[0-9a-z]{26}")
SCOPE = re.compile("[!-~]{1,64}")


class Documents(documents_pb2_grpc.DocumentServiceServicer):
    def __init__(self, store, ingestion):
        self.store = store
        self.ingestion = ingestion

    async def Ingest(self, request_iterator, context):
        requests = request_iterator.__aiter__()
        first = await anext(requests, None)
        wrong = broken_rule(first)
        if wrong:
            await invalid(context, wrong)
        metadata = first.metadata
        if metadata.kind not in pb.MediaKind.values():
            await refuse(context, "document_type_not_allowed")
        if await self.store.ask(self.store.waiting) >= MAX_WAITING:
            await refuse(context, "documents_busy")
        try:
            with Upload(self.ingestion.files, metadata.document_id) as upload:
                await self.receive(requests, metadata.max_bytes, upload, context)
                return await self.accept(metadata, upload, context)
        except FileExistsError:
            await context.abort(grpc.StatusCode.ALREADY_EXISTS, "the document id is in use")

    async def receive(self, requests, max_bytes, upload, context):
        async for request in requests:
            if request.WhichOneof("part") != "chunk" or len(request.chunk) > MAX_CHUNK_BYTES:
                await invalid(context, "chunks of at most 256 KiB must follow the metadata")
            if upload.size + len(request.chunk) > max_bytes:
                await refuse(context, "document_too_large")
            await upload.write(request.chunk)
        if upload.size == 0:
            await refuse(context, "document_empty")
        # A broken connection, too, ends the requests; while the bytes settle it ends this call before it can go on.
        await upload.settle()

    async def accept(self, metadata, upload, context):
        """The step that decides; until it is done the caller's going away waits."""
        new = types.SimpleNamespace(
            job_id=metadata.job_id, document_id=metadata.document_id, scope=metadata.scope, name=metadata.name,
            kind=metadata.kind, bytes=upload.size, sha256=upload.hash.hexdigest(), quota=metadata.quota,
        )  # fmt: skip
        deciding = asyncio.ensure_future(self.store.ask(self.store.accept, new, upload.keep))
        try:
            outcome, row = await asyncio.shield(deciding)
        except asyncio.CancelledError:
            outcome, row = await deciding
            if outcome == "added":
                await self.forget(row["document_id"])
            raise
        if outcome == "quota":
            await refuse(context, "document_quota_exceeded")
        if outcome == "used":
            await context.abort(grpc.StatusCode.ALREADY_EXISTS, "the job id or document id is in use")
        if outcome == "added":
            self.ingestion.added()
        return pb.IngestResponse(job=self.job(row), duplicate=outcome == "duplicate")

    async def GetJob(self, request, context):
        row = await self.store.ask(self.store.find_job, request.job_id)
        if row is None:
            await not_found(context)
        return pb.GetJobResponse(job=self.job(row))

    async def WatchJob(self, request, context):
        told = None
        with self.ingestion.watching(request.job_id) as changed:
            while True:
                changed.clear()
                row = await self.store.ask(self.store.find_job, request.job_id)
                if row is None:
                    break
                job = self.job(row)
                if job != told:
                    yield pb.WatchJobResponse(job=job)
                    told = job
                if row["state"] not in ("queued", "processing"):
                    return
                await changed.wait()
        if told is None:
            await not_found(context)

    async def CancelJob(self, request, context):
        row = await self.store.ask(self.store.cancel, request.job_id)
        if row:
            self.ingestion.given_up(row)
        return pb.CancelJobResponse()

    async def ListJobs(self, request, context):
        if request.limit < 1 or request.WhichOneof("selection") is None:
            await invalid(context, "a selection and a limit of 1 or more are needed")
        if request.HasField("unfinished"):
            rows = await self.store.ask(self.store.unfinished, request.limit)
        else:
            rows = await self.store.ask(self.store.jobs, request.scope, request.limit)
        for begin in range(0, len(rows), JOBS_PER_MESSAGE):
            yield pb.ListJobsResponse(jobs=[self.job(row) for row in rows[begin : begin + JOBS_PER_MESSAGE]])

    async def ListDocuments(self, request, context):
        if not 1 <= request.page_size <= 200 or not 1 <= len(request.scopes) <= MAX_SCOPES:
            await invalid(context, "scopes and a page size from 1 to 200 are needed")
        before = Tokens.NEWEST
        if request.page_token:
            before = Tokens.read(request)
            if before is None:
                await refuse(context, "invalid_page_token")
        rows = await self.store.ask(
            self.store.documents, list(request.scopes), request.name_contains, request.kind, before,
            request.page_size + 1,
        )  # fmt: skip
        shown = rows[: request.page_size]
        token = Tokens.write(request, shown[-1]["completion"]) if len(rows) > len(shown) else ""
        return pb.ListDocumentsResponse(documents=[document_of(row) for row in shown], next_page_token=token)

    async def GetDocument(self, request, context):
        row = await self.store.ask(self.store.find_document, request.document_id)
        if row is None:
            await not_found(context)
        return pb.GetDocumentResponse(document=document_of(row))

    async def DeleteDocument(self, request, context):
        return pb.DeleteDocumentResponse(deleted=await self.forget(request.document_id))

    async def forget(self, document_id):
        row = await self.store.ask(self.store.delete, document_id)
        if row:
            self.ingestion.given_up(row)
        return row is not None

    async def DeleteScope(self, request, context):
        for row in await self.store.ask(self.store.delete_scope, request.scope):
            self.ingestion.given_up(row)
        return pb.DeleteScopeResponse()

    async def SearchPassages(self, request, context):
        if not 1 <= request.limit <= 50 or not 1 <= len(request.scopes) <= MAX_SCOPES:
            await invalid(context, "scopes and a limit from 1 to 50 are needed")
        return pb.SearchPassagesResponse(passages=await self.search(request.question, request.scopes, request.limit))

    async def search(self, question, scopes, limit):
        rows = await self.store.ask(self.store.search, question[:MAX_QUESTION_CHARS], list(scopes), limit)
        return [passage_of(row) for row in rows]

    def job(self, row):
        return job_of(row, self.ingestion.progress.get(row["key"]))


def broken_rule(request):
    """What is wrong with a first request; None when nothing is."""
    if request is None or request.WhichOneof("part") != "metadata":
        return "the metadata must come first"
    metadata = request.metadata
    rules = [
        (JOB_ID.fullmatch(metadata.job_id), "job_id must be job_ and 26 characters"),
        (DOCUMENT_ID.fullmatch(metadata.document_id), "document_id must be doc_ and 26 characters"),
        (SCOPE.fullmatch(metadata.scope), "scope must be 1 to 64 characters of ASCII"),
        (0 < len(metadata.name.encode("utf-16-le")) <= 2 * MAX_NAME_UNITS, "name must have 1 to 200 code units"),
        (metadata.kind, "kind must be set"),
        (metadata.max_bytes >= 1, "max_bytes must be 1 or more"),
        (metadata.HasField("quota"), "quota must be set"),
    ]
    return next((words for kept, words in rules if not kept), None)


@contextlib.asynccontextmanager
async def opened(folder):
    """The service over what is kept in this folder, which is made when it is missing; at work until this ends."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    store = Store(folder)
    try:
        await store.ask(store.restart)
        clear(files, await store.ask(store.document_ids))
        ingestion = Ingestion(store, files)
        async with ingestion.at_work():
            yield Documents(store, ingestion)
    finally:
        store.close()
