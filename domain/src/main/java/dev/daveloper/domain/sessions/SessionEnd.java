package dev.daveloper.domain.sessions;

/** How a session came to its end. */
public enum SessionEnd {
    /** By its owner. */
    ENDED("ended"),
    /** By itself: it was not used, or had reached its greatest age. */
    EXPIRED("expired"),
    /** By an administrator. */
    REVOKED("revoked");

    private final String wireName;

    SessionEnd(String wireName) {
        this.wireName = wireName;
    }

    /** As written in logs and events. */
    public String wireName() {
        return wireName;
    }
}
