package dev.daveloper.domain.webhooks;

/** Why an attempt brought no answer, or none that was wanted; the vocabulary is fixed, so that it can be counted. */
public enum Trouble {
    NONE("none"),
    /** An answer came, with a status that is no success. */
    STATUS("status"),
    /** An answer came that leads elsewhere. */
    REDIRECT("redirect"),
    /** The name is not known. */
    UNKNOWN_HOST("unknown_host"),
    /** Where the name leads nobody is sent to. */
    FORBIDDEN_ADDRESS("forbidden_address"),
    REFUSED("refused"),
    CONNECT_TIMEOUT("connect_timeout"),
    TIMEOUT("timeout"),
    TLS("tls"),
    RESET("reset"),
    /** What came was no HTTP. */
    PROTOCOL("protocol"),
    /** The gateway stopped in between. */
    INTERRUPTED("interrupted");

    private final String wireName;

    Trouble(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
