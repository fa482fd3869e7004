package dev.daveloper.domain.chat;

/** How a run ended. Every run has exactly one. */
public enum RunOutcome {
    /** The agent said all it had to say. */
    COMPLETED("completed"),
    /** Somebody stopped it, or nobody watched it for longer than the detach grace. */
    CANCELLED("cancelled"),
    /** The gateway's node went away in the middle; the answer has what was logged. */
    INTERRUPTED("interrupted"),
    /** A stated limit ended it; the answer has what came before. */
    LIMITED("limited"),
    /** The agent could not be reached, fell silent or broke down. */
    FAILED("failed");

    private final String wireName;

    RunOutcome(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The outcome of this wire name, which a store has written. */
    public static RunOutcome of(String wireName) {
        for (RunOutcome outcome : values()) {
            if (outcome.wireName.equals(wireName)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("unknown run outcome: " + wireName);
    }
}
