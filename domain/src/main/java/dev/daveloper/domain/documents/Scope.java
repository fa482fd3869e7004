package dev.daveloper.domain.documents;

import dev.daveloper.domain.sessions.SessionId;
import java.util.List;

/**
 * Whose a document is, and on whose behalf somebody acts: a session, which reads its own documents and the shared ones
 * and writes its own; or everybody, whose shared documents an administrator alone may write.
 */
public sealed interface Scope {
    /** Read by all, written by administrators. */
    Scope SHARED = new Shared();

    static Scope of(SessionId session) {
        return new OfSession(session);
    }

    /** What whoever acts in this scope may read, the own scope first. */
    List<Scope> readable();

    record Shared() implements Scope {
        @Override
        public List<Scope> readable() {
            return List.of(this);
        }
    }

    record OfSession(SessionId session) implements Scope {
        @Override
        public List<Scope> readable() {
            return List.of(this, SHARED);
        }
    }
}
