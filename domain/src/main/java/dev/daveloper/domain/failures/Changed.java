package dev.daveloper.domain.failures;

/** What is here now is not the version that the caller has in mind: nothing was changed, reading it again helps. */
public final class Changed extends GatewayException {
    private static final long serialVersionUID = 1L;

    /** @param what the kind of thing, such as {@code webhook} */
    public Changed(String what) {
        super(FailureCode.PRECONDITION_FAILED, "The " + what + " is not the version that was named; read it again.");
    }
}
