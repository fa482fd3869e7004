package dev.daveloper.grpc.documents;

import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.grpc.StatusDetails;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of statuses that stands in the contract, in both directions. */
final class Statuses {
    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);
    private static final String DOMAIN = "documents.daveloper.dev";
    private static final String INVALID_PAGE_TOKEN = "invalid_page_token";

    private Statuses() {}

    /** What it means that a call ended with this status, which is not OK. */
    static GatewayException failure(StatusRuntimeException ended) {
        Status status = ended.getStatus();
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                reason(ended).equals(FailureCode.DOCUMENTS_BUSY.wireName())
                        ? DocumentsUnavailable.busy()
                        : new DocumentsUnavailable(ended);
            case RESOURCE_EXHAUSTED ->
                StatusDetails.isTooLarge(status) ? new DocumentsFailed(ended) : DocumentsUnavailable.busy();
            // A server that must close resets its calls, and gRPC calls that cancelled.
            case DEADLINE_EXCEEDED, CANCELLED -> new DocumentsUnavailable(ended);
            default -> new DocumentsFailed(ended);
        };
    }

    /** What it means that handing this document over ended with this status, which is not OK. */
    static GatewayException failure(StatusRuntimeException ended, NewDocument document) {
        return refused(ended)
                .<GatewayException>map(code -> Reasons.refusal(code, document))
                .orElseGet(() -> failure(ended));
    }

    /** Whether a list was refused for the place that it was to begin at. */
    static boolean isInvalidPageToken(StatusRuntimeException ended) {
        return ended.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
                && reason(ended).equals(INVALID_PAGE_TOKEN);
    }

    private static Optional<FailureCode> refused(StatusRuntimeException ended) {
        String reason = reason(ended);
        return switch (ended.getStatus().getCode()) {
            case OUT_OF_RANGE, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, INVALID_ARGUMENT -> {
                if (Reasons.isOfDocument(reason)) {
                    yield Optional.of(Reasons.code(reason));
                }
                yield switch (ended.getStatus().getCode()) {
                    case OUT_OF_RANGE -> Optional.of(FailureCode.DOCUMENT_TOO_LARGE);
                    case FAILED_PRECONDITION -> Optional.of(FailureCode.DOCUMENT_UNREADABLE);
                    default -> Optional.empty();
                };
            }
            default -> Optional.empty();
        };
    }

    private static String reason(StatusRuntimeException ended) {
        return StatusDetails.find(ended.getStatus(), ended.getTrailers(), ErrorInfo.class)
                .filter(info -> info.getDomain().equals(DOMAIN))
                .map(ErrorInfo::getReason)
                .orElse("");
    }

    /** The status that tells a caller of this; what the caller should not read stands in the log. */
    static StatusRuntimeException of(RuntimeException failure) {
        if (failure instanceof StatusRuntimeException already) {
            return already;
        }
        if (failure instanceof GatewayException known) {
            return of(known);
        }
        LOG.error("the document service broke down", failure);
        return Status.INTERNAL
                .withDescription("The document service broke down.")
                .asRuntimeException();
    }

    static StatusRuntimeException invalidPageToken(GatewayException failure) {
        return StatusDetails.with(Status.INVALID_ARGUMENT, failure.detail(), List.of(info(INVALID_PAGE_TOKEN)));
    }

    static StatusRuntimeException invalid(String what) {
        return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
    }

    private static StatusRuntimeException of(GatewayException failure) {
        Status status = switch (failure.code()) {
            case INVALID_REQUEST -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case DOCUMENT_TOO_LARGE -> Status.OUT_OF_RANGE;
            case DOCUMENT_QUOTA_EXCEEDED -> Status.RESOURCE_EXHAUSTED;
            case DOCUMENT_TYPE_NOT_ALLOWED,
                    DOCUMENT_TYPE_MISMATCH,
                    DOCUMENT_EMPTY,
                    DOCUMENT_ENCRYPTED,
                    DOCUMENT_UNREADABLE,
                    DOCUMENT_TOO_COMPLEX -> Status.FAILED_PRECONDITION;
            case DOCUMENTS_BUSY, DOCUMENTS_UNAVAILABLE, STORE_UNAVAILABLE, SHUTTING_DOWN, OVERLOADED ->
                Status.UNAVAILABLE;
            default -> Status.INTERNAL;
        };
        if (status.getCode() == Status.Code.INTERNAL) {
            LOG.error("the document service broke down", failure);
        }
        List<Message> details = new ArrayList<>();
        details.add(info(failure.code().wireName()));
        failure.retryAfter().map(StatusDetails::retry).ifPresent(details::add);
        return StatusDetails.with(status, failure.detail(), details);
    }

    private static ErrorInfo info(String reason) {
        return ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
    }
}
