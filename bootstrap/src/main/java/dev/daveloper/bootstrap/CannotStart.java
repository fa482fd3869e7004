package dev.daveloper.bootstrap;

/** The program cannot start in this place; the message is one sentence for the operator. */
final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }
}
