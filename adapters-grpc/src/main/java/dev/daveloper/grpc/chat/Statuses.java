package dev.daveloper.grpc.chat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of statuses that stands in the contract, in both directions. */
final class Statuses {
    /** When to ask again an agent that cannot be asked and does not say. */
    static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    /** How gRPC words it when it is this side that finds a message too large; it has no status of its own. */
    private static final String TOO_LARGE = "exceeds maximum size";

    private static final int MAX_LOGGED_CHARS = 300;
    private static final int MAX_CAUSES = 10;
    /** Line breaks would forge lines of the log. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private Statuses() {}

    /** What it means for the person who asked that a call ended with this status, which is not OK. */
    static GatewayException failure(Status status, @Nullable Metadata trailers, boolean delivered) {
        StatusRuntimeException cause = status.asRuntimeException();
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> new AgentTimeout();
            case UNAVAILABLE, RESOURCE_EXHAUSTED ->
                delivered || isTooLarge(status)
                        ? new AgentFailed(cause)
                        : new AgentUnavailable(retryAfter(status, trailers), cause);
            default -> new AgentFailed(cause);
        };
    }

    /** The status that tells a caller of this failure; the caller's own words never come back but for bad requests. */
    static StatusRuntimeException of(GatewayException failure) {
        Status status = switch (failure.code()) {
            case INVALID_REQUEST -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case AGENT_UNAVAILABLE, SHUTTING_DOWN, STORE_UNAVAILABLE -> Status.UNAVAILABLE;
            case OVERLOADED -> Status.RESOURCE_EXHAUSTED;
            case AGENT_TIMEOUT -> Status.DEADLINE_EXCEEDED;
            default -> Status.INTERNAL;
        };
        return failure.retryAfter()
                .map(retryAfter -> withRetry(status, failure.detail(), retryAfter))
                .orElseGet(() -> status.withDescription(failure.detail()).asRuntimeException());
    }

    /** The status for the log: on one line, shortened, with the innermost cause where there is one. */
    static String describe(Status status) {
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
        }
        if (status.getCause() != null) {
            text.append(" (").append(rootOf(status.getCause())).append(')');
        }
        text.setLength(Math.min(text.length(), MAX_LOGGED_CHARS));
        return CONTROL.matcher(text).replaceAll(" ");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < MAX_CAUSES && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static StatusRuntimeException withRetry(Status status, String detail, Duration retryAfter) {
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(retryAfter.toSeconds())
                        .setNanos(retryAfter.toNanosPart()))
                .build();
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(detail)
                .addDetails(Any.pack(retry))
                .build());
    }

    private static boolean isTooLarge(Status status) {
        String description = status.getDescription();
        return description != null && description.contains(TOO_LARGE);
    }

    private static Duration retryAfter(Status status, @Nullable Metadata trailers) {
        return retryInfo(status, trailers)
                .map(com.google.protobuf.Duration::getSeconds)
                .map(seconds ->
                        Duration.ofSeconds(Math.clamp(seconds, USUAL_RETRY.toSeconds(), LONGEST_RETRY.toSeconds())))
                .orElse(USUAL_RETRY);
    }

    private static Optional<com.google.protobuf.Duration> retryInfo(Status status, @Nullable Metadata trailers) {
        if (trailers == null) {
            return Optional.empty();
        }
        try {
            com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
            for (Any detail : details.getDetailsList()) {
                if (detail.is(RetryInfo.class)) {
                    return Optional.of(detail.unpack(RetryInfo.class).getRetryDelay());
                }
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            // A detail that cannot be read is a detail not given.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
