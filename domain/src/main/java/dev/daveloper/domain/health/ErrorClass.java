package dev.daveloper.domain.health;

/** What kind of failure it is that a component has: what may be told of it without hosts, libraries or secrets. */
public enum ErrorClass {
    /** It was asked and did not answer in time. */
    TIMEOUT("timeout"),
    /** Nobody takes the connection. */
    REFUSED("refused"),
    /** It cannot be reached, or cannot do what it is asked for now. */
    UNAVAILABLE("unavailable"),
    /** It does not believe who asks, or is not believed. */
    UNAUTHENTICATED("unauthenticated"),
    /** It answers, and says that it does not serve. */
    NOT_SERVING("not_serving"),
    /** A queue or a disk has no room left. */
    FULL("full"),
    /** Anything else. */
    FAILED("failed");

    private final String wireName;

    ErrorClass(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
