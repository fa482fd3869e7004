package dev.daveloper.http.graphql;

import dev.daveloper.domain.failures.AdminRequired;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.function.Consumer;

/** Lets only those ask for a field whom its directive lets. */
final class Guards {
    /** {@code @admin}. */
    static final SchemaDirectiveWiring ADMIN = before(asker -> {
        if (!asker.isAdmin()) {
            throw new AdminRequired();
        }
    });

    /** {@code @session}. */
    static final SchemaDirectiveWiring SESSION = before(Asker::requireSession);

    private Guards() {}

    private static SchemaDirectiveWiring before(Consumer<Asker> guard) {
        return new SchemaDirectiveWiring() {
            @Override
            public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> field) {
                DataFetcher<?> guarded = field.getFieldDataFetcher();
                return field.setFieldDataFetcher(environment -> {
                    guard.accept(Given.asker(environment));
                    return guarded.get(environment);
                });
            }
        };
    }
}
