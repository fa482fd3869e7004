package dev.daveloper.http.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.sessions.Session;
import org.jspecify.annotations.Nullable;

/** A session as it is written in responses. */
public final class SessionViews {
    private SessionViews() {}

    /** What its opener alone is told, once. */
    @JsonPropertyOrder({"sessionId", "token", "createdAt", "expiresAt", "latestExpiresAt"})
    record OpenedView(String sessionId, String token, String createdAt, String expiresAt, String latestExpiresAt) {
        static OpenedView of(Opened opened) {
            return new OpenedView(
                    opened.session().id().value(),
                    opened.token().value(),
                    opened.session().createdAt().toString(),
                    opened.expiresAt().toString(),
                    opened.latestExpiresAt().toString());
        }
    }

    @JsonPropertyOrder({"sessionId", "createdAt", "lastSeenAt", "expiresAt", "latestExpiresAt"})
    public record SessionView(
            String sessionId, String createdAt, String lastSeenAt, String expiresAt, String latestExpiresAt) {
        public static SessionView of(Session session, Sessions sessions) {
            return new SessionView(
                    session.id().value(),
                    session.createdAt().toString(),
                    session.lastSeenAt().toString(),
                    sessions.expiryOf(session).toString(),
                    sessions.latestExpiryOf(session).toString());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"sessionId", "createdAt", "lastSeenAt", "expiresAt", "latestExpiresAt", "activeRunId"})
    record CurrentView(
            String sessionId,
            String createdAt,
            String lastSeenAt,
            String expiresAt,
            String latestExpiresAt,
            @Nullable String activeRunId) {
        static CurrentView of(SessionView session, @Nullable String activeRunId) {
            return new CurrentView(
                    session.sessionId(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.expiresAt(),
                    session.latestExpiresAt(),
                    activeRunId);
        }
    }
}
