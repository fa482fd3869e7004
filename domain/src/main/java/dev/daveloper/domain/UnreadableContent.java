package dev.daveloper.domain;

/**
 * Something stored cannot be opened: its key is missing, or it is not what was sealed, there or anywhere else. Trying
 * again does not help, so it is no outage; the message is for the operator and shows neither key nor content.
 */
public final class UnreadableContent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableContent(String message) {
        super(message);
    }

    public UnreadableContent(String message, Throwable cause) {
        super(message, cause);
    }
}
