package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** @param tree that the body was read from */
    public static <B> Patch<B> of(B body, ObjectNode tree) {
        return new Patch<>(
                body,
                tree.properties().stream()
                        .filter(member -> member.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    public boolean clears(String member) {
        return cleared.contains(member);
    }
}
