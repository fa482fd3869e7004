package dev.daveloper.http.requests;

import java.util.Set;

/**
 * A change as a merge patch says it (RFC 7396): what is absent stays, what is null is to be as if it had never been
 * set.
 *
 * @param cleared members of the object that came as null
 */
public record Patch<B>(B body, Set<String> cleared) {
    public Patch {
        cleared = Set.copyOf(cleared);
    }

    public boolean clears(String member) {
        return cleared.contains(member);
    }
}
