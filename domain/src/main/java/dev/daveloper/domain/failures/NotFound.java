package dev.daveloper.domain.failures;

/** There is no such thing, or it belongs to somebody else: the two are told apart by nobody. */
public final class NotFound extends GatewayException {
    private static final long serialVersionUID = 1L;

    /** @param what the kind of thing that was asked for, such as {@code run} */
    public NotFound(String what) {
        super(FailureCode.NOT_FOUND, "There is no such " + what + " here.");
    }
}
