package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.sessions.SessionId;
import java.util.Optional;
import java.util.Set;

/**
 * What an endpoint wants to be told.
 *
 * @param types none of them means all
 * @param session only what is about this session; empty for everything
 */
public record Subscription(Set<EventType> types, Optional<SessionId> session) {
    public static final Subscription EVERYTHING = new Subscription(Set.of(), Optional.empty());

    public Subscription {
        types = Set.copyOf(types);
    }

    /** @param about the session that it is about; empty when it is about none */
    public boolean wants(EventType type, Optional<SessionId> about) {
        boolean typeWanted = types.isEmpty() ? type != EventType.TEST : types.contains(type);
        return typeWanted && (session.isEmpty() || session.equals(about));
    }
}
