package dev.daveloper.http;

/** A policy of rate limits is about an endpoint that there is not; the message says which, for the operator. */
public final class UnknownEndpoint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEndpoint(String policy, String endpoint) {
        super("The policy " + policy + " is about " + endpoint + ", which there is not.");
    }
}
