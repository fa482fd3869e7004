package dev.daveloper.http.graphql;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** The schema, where it may not be asked for. What type a value has may be: clients tell unions apart by it. */
final class Unexplored {
    private static final Set<String> ASKING =
            Set.of(Introspection.SchemaMetaFieldDef.getName(), Introspection.TypeMetaFieldDef.getName());

    private Unexplored() {}

    /** The first place where a document asks for the schema, as what is wrong with it. */
    static Optional<GraphQLError> in(Document document) {
        Deque<Node<?>> left = new ArrayDeque<>();
        left.push(document);
        while (!left.isEmpty()) {
            Node<?> node = left.pop();
            if (node instanceof Field field && ASKING.contains(field.getName())) {
                return Optional.of(GraphqlErrorBuilder.newError()
                        .errorType(ErrorType.ValidationError)
                        .message("The schema may not be asked for here: %s is switched off.", field.getName())
                        .location(field.getSourceLocation())
                        .build());
            }
            for (Node<?> child : node.getChildren()) {
                left.push(child);
            }
        }
        return Optional.empty();
    }
}
