package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.http.requests.JsonCodec;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs as the bodies of REST that they are like, so that the same rules hold for both. Safe for many threads. */
final class Inputs {
    private final JsonCodec json;

    Inputs(JsonCodec json) {
        this.json = json;
    }

    /** The argument {@code input}. What was left out is absent; what is null is null. */
    ObjectNode input(DataFetchingEnvironment environment) {
        return json.tree(Given.input(environment));
    }

    /** These arguments of a field, as far as they are there. */
    ObjectNode only(DataFetchingEnvironment environment, String... names) {
        Map<String, @Nullable Object> some = new HashMap<>();
        for (String name : names) {
            if (environment.getArguments().containsKey(name)) {
                some.put(name, environment.getArguments().get(name));
            }
        }
        return json.tree(some);
    }

    /** A view of REST as fields that may be changed. */
    Map<String, Object> fieldsOf(Object view) {
        return json.map(json.tree(view));
    }
}
