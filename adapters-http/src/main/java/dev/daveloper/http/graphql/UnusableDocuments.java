package dev.daveloper.http.graphql;

/** The file of {@link GraphConfig#trustedDocuments()} cannot be used; the message says why, for the operator. */
public final class UnusableDocuments extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message a sentence without its full stop */
    UnusableDocuments(String message) {
        super(message);
    }
}
