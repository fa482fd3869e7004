package dev.daveloper.domain.cache;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an entry is called. Whose it is belongs to its name: what was made for one session is never found by another.
 *
 * @param namespace entries of one kind, which are counted together, such as {@code tools}
 * @param owner empty for what is everybody's
 * @param name at most {@value #MAX_NAME_CHARS} characters
 */
public record CacheKey(String namespace, Optional<SessionId> owner, String name) {
    public static final int MAX_NAME_CHARS = 1024;

    private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z-]{0,31}");

    public CacheKey {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new InvalidValue("namespace", namespace, "1 to 32 lower-case letters and hyphens");
        }
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            throw new InvalidValue("name", name, "1 to " + MAX_NAME_CHARS + " characters");
        }
    }

    public static CacheKey shared(String namespace, String name) {
        return new CacheKey(namespace, Optional.empty(), name);
    }

    public static CacheKey of(SessionId owner, String namespace, String name) {
        return new CacheKey(namespace, Optional.of(owner), name);
    }

    /** All of it in one text, which no other key has. */
    public String text() {
        return namespace + "/" + owner.map(SessionId::value).orElse("") + "/" + name;
    }

    /** Without the name of what is one session's, which may tell what somebody looked for. */
    @Override
    public String toString() {
        return owner.isEmpty() ? namespace + "/" + name : namespace + "/***";
    }
}
