package dev.daveloper.http.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.PropertyDataFetcher;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A field whose value is there already. Most fields are, many times in a page: what a resolver would be told of its
 * surroundings is not even put together for them.
 */
final class PlainField implements LightDataFetcher<Object> {
    private final String name;
    private final PropertyDataFetcher<Object> property;

    PlainField(String name) {
        this.name = name;
        this.property = PropertyDataFetcher.fetching(name);
    }

    @Override
    public @Nullable Object get(
            GraphQLFieldDefinition field, @Nullable Object source, Supplier<DataFetchingEnvironment> environment)
            throws Exception {
        return switch (source) {
            case null -> null;
            case Typed typed -> typed.fields().get(name);
            default -> property.get(field, source, environment);
        };
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        return get(environment.getFieldDefinition(), environment.getSource(), () -> environment);
    }
}
