package dev.daveloper.domain.webhooks;

import java.time.Instant;

/** Whether an endpoint is delivered to. */
public sealed interface Standing {
    Standing ENABLED = new Enabled();

    record Enabled() implements Standing {}

    /** Nothing is sent to it and nothing new is kept for it; what waits for it already goes on waiting. */
    record Disabled(Reason reason, Instant at) implements Standing {}

    /** Why. */
    enum Reason {
        /** An administrator wished so. */
        REQUESTED("requested"),
        /** It answered 410. */
        GONE("gone"),
        /** Nothing has reached it for days. */
        FAILING("failing");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
