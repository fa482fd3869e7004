package dev.daveloper.domain.failures;

/** The caller is known and may see this, but may not do that to it. */
public final class Forbidden extends GatewayException {
    private static final long serialVersionUID = 1L;

    public Forbidden(String detail) {
        super(FailureCode.FORBIDDEN, detail);
    }
}
