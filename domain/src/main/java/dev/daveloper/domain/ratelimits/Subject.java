package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;

/**
 * Whose quota it is. Never printed: it may be an address.
 *
 * @param value a session's id, an address's network, or nothing for what all share
 */
public record Subject(KeyedBy kind, String value) {
    public static final Subject EVERYBODY = new Subject(KeyedBy.GLOBAL, "");

    public static Subject of(SessionId session) {
        return new Subject(KeyedBy.SESSION, session.value());
    }

    public static Subject of(ClientAddress address) {
        return new Subject(KeyedBy.ADDRESS, address.network());
    }

    @Override
    public String toString() {
        return "***";
    }
}
