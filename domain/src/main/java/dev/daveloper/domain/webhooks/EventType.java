package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Optional;

/** What receivers can be told of. Names are the contract: none is changed or used for something else. */
public enum EventType {
    RUN_COMPLETED("chat.run.completed", "An answer is whole and in the history."),
    RUN_FAILED("chat.run.failed", "An answer ended because something failed, was interrupted, or reached a limit."),
    RUN_CANCELLED("chat.run.cancelled", "An answer was stopped."),
    SESSION_OPENED("session.opened", "A session was opened."),
    SESSION_ENDED("session.ended", "A session ended, by its visitor, by its age, or by an administrator."),
    DOCUMENT_INGESTED("document.ingested", "A document can be quoted from now on."),
    DOCUMENT_FAILED("document.failed", "A document could not be ingested."),
    DOCUMENT_DELETED("document.deleted", "A document was deleted."),
    LIMIT_EXCEEDED("rate_limit.exceeded", "Calls were refused by a rate limit; told once a minute for each policy."),
    HEALTH_CHANGED("health.changed", "A component is better or worse than it was."),
    ENDPOINT_DISABLED("webhook.endpoint.disabled", "Another endpoint is not delivered to any more."),
    /** Sent on request, to the one endpoint that it was requested for, whatever that subscribes to. */
    TEST("webhook.test", "Somebody wants to see whether the endpoint works.");

    private final String wireName;
    private final String meaning;

    EventType(String wireName, String meaning) {
        this.wireName = wireName;
        this.meaning = meaning;
    }

    public String wireName() {
        return wireName;
    }

    /** In one sentence, for the catalogue. */
    public String meaning() {
        return meaning;
    }

    /** Which version of its payload this gateway writes. */
    public int version() {
        return 1;
    }

    public static Optional<EventType> find(String wireName) {
        for (EventType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public static EventType of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new InvalidValue("eventType", wireName, "one of GET /webhooks/event-types"));
    }
}
