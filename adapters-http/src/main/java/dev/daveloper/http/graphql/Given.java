package dev.daveloper.http.graphql;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a field is asked of, and what with. The schema has it checked that what must be there is there. */
final class Given {
    private Given() {}

    /** Who asks. */
    static Asker asker(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().get(Asker.class), "every request has its asker");
    }

    /** Whose field it is. */
    static <T> T source(DataFetchingEnvironment environment, Class<T> type) {
        return type.cast(Objects.requireNonNull(environment.getSource(), type::getName));
    }

    /** An argument that the schema asks for, or has a default of. */
    static <T> T argument(DataFetchingEnvironment environment, String name, Class<T> type) {
        return optional(environment, name, type).orElseThrow(() -> new IllegalStateException("there is no " + name));
    }

    /** An argument that may be left out; null is as good as left out. */
    static <T> Optional<T> optional(DataFetchingEnvironment environment, String name, Class<T> type) {
        return Optional.ofNullable(environment.getArguments().get(name)).map(type::cast);
    }

    static String text(DataFetchingEnvironment environment, String name) {
        return argument(environment, name, String.class);
    }

    /** The argument {@code input}, whose fields may be absent or null. */
    static Map<String, @Nullable Object> input(DataFetchingEnvironment environment) {
        Map<String, @Nullable Object> input = environment.getArgument("input");
        return Objects.requireNonNull(input, "there is no input");
    }

    /**
     * The identifier that the argument {@code id} is.
     *
     * @param what the kind of thing, such as {@code run}
     * @throws dev.daveloper.domain.failures.NotFound when it cannot be one
     */
    static <T> T id(DataFetchingEnvironment environment, String what, Function<String, T> read) {
        return Names.of(what, read, text(environment, "id"));
    }
}
