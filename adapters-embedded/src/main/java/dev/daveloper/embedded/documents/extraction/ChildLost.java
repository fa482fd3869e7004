package dev.daveloper.embedded.documents.extraction;

/** A process that reads documents ended before it had answered. */
final class ChildLost extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    enum Why {
        NOT_STARTED,
        OUT_OF_MEMORY,
        CRASHED
    }

    ChildLost(Why why, String message) {
        super(message);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
