package dev.daveloper.http.graphql;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Too much of what costs more to judge than to write. Looked for before anything else is judged, in one pass. */
final class Floods {
    static final int MAX_DIRECTIVES = 50;

    /** Of fields, in all: whether two of them may stand for the same is asked of each pair. */
    static final int MAX_WRITTEN_FIELDS = 1_000;

    /** Operations and fragments: the latter are walked through for each of the former that uses them. */
    static final int MAX_DEFINITIONS = 100;

    private Floods() {}

    /** What there is too much of, if anything. */
    static Optional<GraphQLError> in(Document document, int maxAliases) {
        if (document.getDefinitions().size() > MAX_DEFINITIONS) {
            return Optional.of(tooMany(MAX_DEFINITIONS, "operations and fragments"));
        }
        int aliases = 0;
        int directives = 0;
        int fields = 0;
        Deque<Node<?>> left = new ArrayDeque<>();
        left.push(document);
        while (!left.isEmpty()) {
            Node<?> node = left.pop();
            if (node instanceof Field field) {
                fields++;
                aliases += field.getAlias() == null ? 0 : 1;
            }
            directives += node instanceof Directive ? 1 : 0;
            for (Node<?> child : node.getChildren()) {
                left.push(child);
            }
        }
        if (aliases > maxAliases) {
            return Optional.of(tooMany(maxAliases, "aliases"));
        }
        if (directives > MAX_DIRECTIVES) {
            return Optional.of(tooMany(MAX_DIRECTIVES, "directives"));
        }
        return fields > MAX_WRITTEN_FIELDS ? Optional.of(tooMany(MAX_WRITTEN_FIELDS, "fields")) : Optional.empty();
    }

    private static GraphQLError tooMany(int max, String what) {
        return GraphqlErrorBuilder.newError()
                .errorType(ErrorType.ValidationError)
                .message("A document may have at most " + max + " " + what + ".")
                .build();
    }
}
