package dev.daveloper.bootstrap.cache;

/** What was asked could not be done; the message says why, for whoever asked. */
public final class CacheCommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CacheCommandFailed(String message) {
        super(message);
    }
}
