package dev.daveloper.grpc.chat;

import com.google.rpc.RetryInfo;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.grpc.StatusDetails;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of statuses that stands in the contract, in both directions. */
final class Statuses {
    /** When to ask again an agent that cannot be asked and does not say. */
    static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private Statuses() {}

    /** What it means for the person who asked that a call ended with this status, which is not OK. */
    static GatewayException failure(Status status, @Nullable Metadata trailers, boolean delivered) {
        StatusRuntimeException cause = status.asRuntimeException();
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED -> new AgentTimeout();
            case UNAVAILABLE, RESOURCE_EXHAUSTED ->
                delivered || StatusDetails.isTooLarge(status)
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
                .map(after -> StatusDetails.with(status, failure.detail(), List.of(StatusDetails.retry(after))))
                .orElseGet(() -> status.withDescription(failure.detail()).asRuntimeException());
    }

    private static Duration retryAfter(Status status, @Nullable Metadata trailers) {
        return StatusDetails.find(status, trailers, RetryInfo.class)
                .map(retry -> retry.getRetryDelay().getSeconds())
                .map(seconds ->
                        Duration.ofSeconds(Math.clamp(seconds, USUAL_RETRY.toSeconds(), LONGEST_RETRY.toSeconds())))
                .orElse(USUAL_RETRY);
    }
}
