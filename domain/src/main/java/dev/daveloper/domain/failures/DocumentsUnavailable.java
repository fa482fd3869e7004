package dev.daveloper.domain.failures;

import java.time.Duration;
import java.util.Optional;

/** The document service cannot be reached, or takes no work; nothing was accepted. */
public final class DocumentsUnavailable extends GatewayException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public DocumentsUnavailable() {
        super(FailureCode.DOCUMENTS_UNAVAILABLE, "The document service cannot be reached at the moment.");
    }

    public DocumentsUnavailable(Throwable cause) {
        super(FailureCode.DOCUMENTS_UNAVAILABLE, "The document service cannot be reached at the moment.", cause);
    }

    /** As many documents wait to be ingested as may wait. */
    public static DocumentsUnavailable busy() {
        return new DocumentsUnavailable(
                FailureCode.DOCUMENTS_BUSY, "As many documents wait to be ingested as may; try again in a while.");
    }

    private DocumentsUnavailable(FailureCode code, String detail) {
        super(code, detail);
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
