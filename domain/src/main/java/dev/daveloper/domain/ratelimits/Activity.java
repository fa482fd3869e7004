package dev.daveloper.domain.ratelimits;

import java.util.Optional;

/** What callers do, in the groups that policies speak of. */
public enum Activity {
    /** Every request and every message on a WebSocket, but for health and pages. */
    ALL("all"),
    /** A message to the agent, on any transport. */
    CHAT("chat"),
    /** Trying a tool. */
    TOOLS("tools"),
    /** Opening a session or giving it a new token. */
    SESSIONS("sessions"),
    /** Sending documents. */
    UPLOADS("uploads"),
    /** Following an answer, a session or a document by server-sent events. */
    STREAMS("streams"),
    /** Opening a WebSocket. */
    SOCKETS("sockets"),
    /** Each message on a WebSocket. */
    MESSAGES("messages"),
    /** A GraphQL operation. */
    GRAPHQL("graphql"),
    /** Reading anything else. */
    READS("reads"),
    /** Changing anything else. */
    WRITES("writes");

    private final String wireName;

    Activity(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static Optional<Activity> find(String wireName) {
        for (Activity activity : values()) {
            if (activity.wireName.equals(wireName)) {
                return Optional.of(activity);
            }
        }
        return Optional.empty();
    }
}
