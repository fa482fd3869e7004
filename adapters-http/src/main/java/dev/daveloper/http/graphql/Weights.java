package dev.daveloper.http.graphql;

import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.QueryComplexityCalculator;
import graphql.execution.CoercedVariables;
import graphql.language.Document;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query costs at most, by what the schema's {@code @cost} says of its fields. Safe for use by many threads. */
final class Weights {
    private static final String DIRECTIVE = "cost";

    /** More than any bound, and far from the end of what an int holds. */
    private static final int MOST = 1_000_000_000;

    private final GraphQLSchema schema;

    Weights(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** @param operationName null where the document has but one */
    int of(Document document, @Nullable String operationName, CoercedVariables variables) {
        return QueryComplexityCalculator.newCalculator()
                .schema(schema)
                .document(document)
                .operationName(operationName)
                .variables(variables)
                .fieldComplexityCalculator(Weights::ofField)
                .build()
                .calculate();
    }

    private static int ofField(FieldComplexityEnvironment field, int below) {
        GraphQLFieldDefinition definition = field.getFieldDefinition();
        GraphQLAppliedDirective cost = definition.getAppliedDirective(DIRECTIVE);
        if (cost == null) {
            return (int) Math.min(MOST, 1L + below);
        }
        int weight = said(cost, "weight") instanceof Integer number ? number : 1;
        long times = 1;
        for (Object multiplier : said(cost, "multipliers") instanceof List<?> names ? names : List.of()) {
            if (field.getArguments().get(String.valueOf(multiplier)) instanceof Number number) {
                times *= Math.clamp(number.longValue(), 1, MOST);
            }
        }
        return (int) Math.min(MOST, weight + Math.min(times, MOST) * below);
    }

    private static @Nullable Object said(GraphQLAppliedDirective cost, String name) {
        GraphQLAppliedDirectiveArgument argument = cost.getArgument(name);
        return argument == null ? null : argument.getValue();
    }
}
