package dev.daveloper.domain.ratelimits;

/**
 * What a policy counts. The wire names of the first three are those of the IETF draft "RateLimit header fields for
 * HTTP", section 2.1.
 */
public enum Unit {
    REQUESTS("requests"),
    CONTENT_BYTES("content-bytes"),
    /** What goes on at the same moment. */
    CONCURRENT_REQUESTS("concurrent-requests"),
    /** Of the agent's model, read and written. */
    TOKENS("tokens"),
    /** What a GraphQL query costs. */
    COMPLEXITY("complexity");

    private final String wireName;

    Unit(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
