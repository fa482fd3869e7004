package dev.daveloper.domain.sessions;

import dev.daveloper.domain.Ids;

/**
 * One visitor's session; a name, not a permission: the token is that. Written {@code ses_} and 26 characters, see
 * {@link Ids}.
 */
public record SessionId(String value) {
    public static final String PREFIX = "ses_";

    public SessionId {
        Ids.require("sessionId", PREFIX, value);
    }

    public static SessionId next(Ids ids) {
        return new SessionId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
