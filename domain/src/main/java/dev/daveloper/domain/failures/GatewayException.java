package dev.daveloper.domain.failures;

import java.time.Duration;
import java.util.Optional;

/**
 * The root of every refusal and failure that a caller may be told of. The message is written for the caller: no host
 * names, no library's words, nobody's data. Refusals are ordinary outcomes, so they carry no stack trace; only those
 * that wrap a cause keep it, for the log.
 */
public abstract sealed class GatewayException extends RuntimeException
        permits InvalidRequest,
                InvalidValue,
                SessionRequired,
                NotFound,
                RunInProgress,
                IdempotencyKeyReused,
                CursorGone,
                AtCapacity,
                QuotaExceeded,
                AgentUnavailable,
                AgentTimeout,
                AgentFailed,
                StoreUnavailable,
                DocumentRefused,
                DocumentsUnavailable,
                DocumentsFailed,
                Forbidden,
                AdminRequired,
                Changed,
                WebhookRefused {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    GatewayException(FailureCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    GatewayException(FailureCode code, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.code = code;
    }

    public final FailureCode code() {
        return code;
    }

    /** What to tell the caller, in one or two sentences. */
    public final String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    /** How long the caller should wait before trying again, where waiting helps. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** This failure as a value, to keep with a run that ended by it. */
    public final Failure toFailure() {
        return new Failure(code, detail());
    }
}
