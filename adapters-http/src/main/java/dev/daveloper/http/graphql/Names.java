package dev.daveloper.http.graphql;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Identifiers as they come in. */
final class Names {
    private Names() {}

    /**
     * The identifier that a text is. One that cannot be one names nothing, as one that is unknown.
     *
     * @param what the kind of thing, such as {@code run}
     */
    static <T> T of(String what, Function<String, T> read, @Nullable String text) {
        if (text == null) {
            throw new NotFound(what);
        }
        try {
            return read.apply(text);
        } catch (InvalidValue e) {
            throw new NotFound(what);
        }
    }
}
