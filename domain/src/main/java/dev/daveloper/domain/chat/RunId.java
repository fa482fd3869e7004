package dev.daveloper.domain.chat;

import dev.daveloper.domain.Ids;

/** One answer being made, or made. Written {@code run_} and 26 characters, see {@link Ids}. */
public record RunId(String value) {
    public static final String PREFIX = "run_";

    public RunId {
        Ids.require("runId", PREFIX, value);
    }

    public static RunId next(Ids ids) {
        return new RunId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
