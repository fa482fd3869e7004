package dev.daveloper.domain.failures;

/** The document service broke down over a call. Its own words are kept for the log, never forwarded. */
public final class DocumentsFailed extends GatewayException {
    private static final long serialVersionUID = 1L;

    public DocumentsFailed(Throwable cause) {
        super(FailureCode.DOCUMENTS_FAILED, "The document service failed over this.", cause);
    }
}
