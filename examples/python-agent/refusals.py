"""Ends calls as documents.proto says: a status, and the reason as an ErrorInfo among its details."""

import grpc
import rpc_status_pb2

DOMAIN = "documents.daveloper.dev"
STATUSES = {
    "document_too_large": grpc.StatusCode.OUT_OF_RANGE,
    "document_quota_exceeded": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "document_empty": grpc.StatusCode.FAILED_PRECONDITION,
    "document_type_not_allowed": grpc.StatusCode.FAILED_PRECONDITION,
    "documents_busy": grpc.StatusCode.UNAVAILABLE,
    "invalid_page_token": grpc.StatusCode.INVALID_ARGUMENT,
}


async def refuse(context, reason):
    code = STATUSES[reason]
    status = rpc_status_pb2.Status(code=code.value[0], message=reason)
    status.details.add().Pack(rpc_status_pb2.ErrorInfo(reason=reason, domain=DOMAIN))
    await context.abort(code, reason, (("grpc-status-details-bin", status.SerializeToString()),))


async def invalid(context, what):
    await context.abort(grpc.StatusCode.INVALID_ARGUMENT, what)


async def not_found(context):
    await context.abort(grpc.StatusCode.NOT_FOUND, "there is no such thing")
