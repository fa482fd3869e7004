package dev.daveloper.http;

/** The files of {@link TlsConfig} cannot be used; the message says which and why, for the operator. */
public final class UnusableCertificate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause whose message says it */
    public UnusableCertificate(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }
}
