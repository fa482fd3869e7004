package dev.daveloper.domain.health;

/** The three states of {@code application/health+json}, from best to worst. */
public enum Status {
    PASS("pass"),
    /** Works, with something amiss. */
    WARN("warn"),
    FAIL("fail");

    private final String wireName;

    Status(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public Status worseOf(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
