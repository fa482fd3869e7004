package dev.daveloper.domain.cache;

import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.util.regex.Pattern;

/** What an entry was made from. Whoever changes that says so by its tag, and all entries that have it are worthless. */
public record Tag(String value) implements Comparable<Tag> {
    public static final int MAX_CHARS = 128;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(:[A-Za-z0-9_.-]+)?");

    /** The agent's tools. */
    public static final Tag TOOLS = new Tag("tools");

    public Tag {
        if (value.length() > MAX_CHARS || !FORM.matcher(value).matches()) {
            throw new InvalidValue("tag", value, "a word, or word:name, of at most " + MAX_CHARS + " characters");
        }
    }

    /** All that is kept of one session. */
    public static Tag of(SessionId session) {
        return new Tag("session:" + session);
    }

    /** The documents of one session, or those that all share. */
    public static Tag documentsOf(Scope scope) {
        return new Tag("documents:"
                + (scope instanceof Scope.OfSession own ? own.session().value() : "shared"));
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
