package dev.daveloper.bootstrap.operator;

/** What was asked could not be done; the message says why, for whoever asked. */
public class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }
}
