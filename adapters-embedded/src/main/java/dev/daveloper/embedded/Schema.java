package dev.daveloper.embedded;

import java.util.List;

/** The databases there are, each in a directory of its own. */
public enum Schema {
    CONVERSATIONS(
            "sqlite",
            List.of(
                    "0001-conversations.sql",
                    "0002-sessions-that-end.sql",
                    "0003-content-keys.sql",
                    "0004-policy-changes.sql",
                    "0005-webhooks.sql")),
    DOCUMENTS("documents", List.of("documents-0001-jobs.sql"));

    private final String threads;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of, above.
    private final List<String> steps;

    Schema(String threads, List<String> steps) {
        this.threads = threads;
        this.steps = steps;
    }

    /** What the names of its database's threads begin with. */
    String threads() {
        return threads;
    }

    /** The steps that make it, first to last; one that was released is never changed, nor its place. */
    List<String> steps() {
        return steps;
    }
}
