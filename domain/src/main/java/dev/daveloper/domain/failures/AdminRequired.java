package dev.daveloper.domain.failures;

/** The call is an administrator's alone, and came without an admin key, or with one that is unknown. */
public final class AdminRequired extends GatewayException {
    private static final long serialVersionUID = 1L;

    public AdminRequired() {
        super(FailureCode.ADMIN_REQUIRED, "Send an admin key as the Bearer token; a session does not suffice here.");
    }
}
