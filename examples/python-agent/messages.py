"""Rows of the store as messages of documents.proto."""

import base64
import hashlib

from daveloper.documents.v1 import documents_pb2 as pb
from google.protobuf.timestamp_pb2 import Timestamp


def time_of(nanoseconds):
    return Timestamp(seconds=nanoseconds // 10**9, nanos=nanoseconds % 10**9)


def job_of(row, progress):
    """`progress`: the stage, how much of the job is done and since when, of a job that is being processed."""
    job = pb.Job(
        job_id=row["job_id"],
        document_id=row["document_id"],
        scope=row["scope"],
        name=row["name"],
        kind=row["kind"],
        size_bytes=row["bytes"],
        accepted_at=time_of(row["accepted_at"]),
        changed_at=time_of(row["changed_at"]),
    )
    state = row["state"]
    if state == "completed":
        job.completed.document.CopyFrom(document_of(row))
    elif state == "failed":
        job.failed.code = row["code"]
        job.failed.detail = row["detail"]
    elif state == "processing":
        stage, done, since = progress or (pb.STAGE_READING, 0, row["changed_at"])
        job.processing.stage = stage
        job.processing.progress = done
        job.changed_at.CopyFrom(time_of(since))
    else:
        getattr(job, state).SetInParent()
    return job


def document_of(row):
    return pb.Document(
        document_id=row["document_id"],
        job_id=row["job_id"],
        scope=row["scope"],
        name=row["name"],
        kind=row["kind"],
        size_bytes=row["bytes"],
        sha256=row["sha256"],
        pages=row["page_count"],
        passages=row["passage_count"],
        ingested_at=time_of(row["changed_at"]),
    )


def passage_of(row):
    return pb.Passage(
        document_id=row["document_id"],
        document_name=row["name"],
        ordinal=row["ordinal"],
        headings=row["headings"].split("\n") if row["headings"] else [],
        page=row["page"],
        start=row["start"],
        text=row["text"],
        score=row["score"],
    )


class Tokens:
    """Where a page of documents begins: behind this completion, in the list of this query and no other."""

    NEWEST = (1 << 63) - 1

    @staticmethod
    def write(request, completion):
        return f"{completion:x}.{Tokens.query(request)}"

    @staticmethod
    def read(request):
        """The completion; None when the token was not given for this query."""
        place, _, query = request.page_token.partition(".")
        try:
            completion = int(place, 16)
        except ValueError:
            return None
        return completion if query == Tokens.query(request) and 0 < completion < Tokens.NEWEST else None

    @staticmethod
    def query(request):
        wanted = repr((list(request.scopes), request.name_contains, request.kind))
        return base64.urlsafe_b64encode(hashlib.sha256(wanted.encode()).digest()[:12]).decode()
