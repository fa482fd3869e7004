package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that receivers are told of, in the very words that they get.
 *
 * @param id made of what it tells, so that a step that is said twice tells it once
 * @param session that it is about; empty when it is about none
 * @param at when it happened
 * @param body JSON, the same at each attempt and to each receiver; its UTF-8 is what is signed and sent
 * @param trace on whose behalf it happened; empty when nobody traces
 */
public record WebhookEvent(
        EventId id,
        EventType type,
        Optional<SessionId> session,
        Instant at,
        String body,
        Optional<TraceContext> trace) {
    /** What a body may have; whoever writes one keeps below it by leaving text out. */
    public static final int MAX_BODY_CHARS = 20_000;

    public WebhookEvent {
        if (body.length() > MAX_BODY_CHARS) {
            throw new IllegalArgumentException("a body of " + body.length() + " characters, of " + MAX_BODY_CHARS);
        }
    }
}
