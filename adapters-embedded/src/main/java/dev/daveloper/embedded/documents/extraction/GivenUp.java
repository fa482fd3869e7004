package dev.daveloper.embedded.documents.extraction;

/** The reading thread was interrupted; the libraries between do not let an {@link InterruptedException} through. */
final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
        super("given up", null, false, false);
    }
}
