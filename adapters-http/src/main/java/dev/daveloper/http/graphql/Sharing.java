package dev.daveloper.http.graphql;

import dev.daveloper.domain.cache.Tag;
import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which queries have the same answer whoever asks, by what the schema's {@code @cacheControl} says of their
 * fields. All of them must be such: a field without it is somebody's own, except for what is no object and lies in one
 * that is everybody's. Safe for use by many threads.
 */
final class Sharing {
    private static final String DIRECTIVE = "cacheControl";

    /** The schema changes with the program alone; after that clients are to see it soon. */
    private static final Duration SCHEMA = Duration.ofMinutes(5);

    private final GraphQLSchema schema;
    private final Map<Tag, Duration> configured;

    /** @param configured how long what is made from these is good for at most; zero where it is not kept at all */
    Sharing(GraphQLSchema schema, Map<Tag, Duration> configured) {
        this.schema = schema;
        this.configured = Map.copyOf(configured);
    }

    /**
     * An answer for everybody.
     *
     * @param tags what it is made from
     * @param maxAge how long it is good for, at least a second
     */
    record Shared(Set<Tag> tags, Duration maxAge) {}

    /** @param document that is valid */
    Optional<Shared> of(Document document, OperationDefinition operation) {
        if (operation.getOperation() != OperationDefinition.Operation.QUERY) {
            return Optional.empty();
        }
        Look look = new Look(fragmentsOf(document));
        look.at(operation.getSelectionSet(), schema.getQueryType());
        return look.found();
    }

    private static Map<String, FragmentDefinition> fragmentsOf(Document document) {
        Map<String, FragmentDefinition> fragments = new HashMap<>();
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
        return fragments;
    }

    /** At one query, each fragment of which is looked at once. */
    private final class Look {
        private final Map<String, FragmentDefinition> fragments;
        private final Set<String> seen = new HashSet<>();
        private final Set<Tag> tags = new HashSet<>();
        private @Nullable Duration maxAge;

        Look(Map<String, FragmentDefinition> fragments) {
            this.fragments = fragments;
        }

        Optional<Shared> found() {
            return Optional.ofNullable(maxAge)
                    .filter(age -> age.toSeconds() > 0)
                    .map(age -> new Shared(Set.copyOf(tags), age));
        }

        void at(SelectionSet selections, GraphQLCompositeType parent) {
            for (Selection<?> selection : selections.getSelections()) {
                switch (selection) {
                    case Field field -> field(field, parent);
                    case InlineFragment inline -> at(inline.getSelectionSet(), typeOf(inline, parent));
                    case FragmentSpread spread -> fragment(spread.getName());
                    default -> throw new IllegalStateException("there is no other selection");
                }
            }
        }

        private void fragment(String name) {
            FragmentDefinition fragment = fragments.get(name);
            if (fragment != null && seen.add(name)) {
                at(fragment.getSelectionSet(), named(fragment.getTypeCondition().getName()));
            }
        }

        private void field(Field field, GraphQLCompositeType parent) {
            GraphQLFieldDefinition definition = Introspection.getFieldDef(schema, parent, field.getName());
            GraphQLAppliedDirective said = definition.getAppliedDirective(DIRECTIVE);
            if (said != null) {
                bound(said);
            } else if (isIntrospection(definition, parent)) {
                bound(definition.getName().equals("__typename") ? Optional.empty() : Optional.of(SCHEMA));
            } else if (field.getSelectionSet() != null || parent.equals(schema.getQueryType())) {
                bound(Optional.of(Duration.ZERO));
            }
            if (field.getSelectionSet() != null
                    && GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type) {
                at(field.getSelectionSet(), type);
            }
        }

        private void bound(GraphQLAppliedDirective said) {
            int seconds = argument(said, "maxAge") instanceof Integer number ? number : 0;
            bound(Optional.of(Duration.ofSeconds(seconds)));
            for (Object tag : argument(said, "tags") instanceof List<?> names ? names : List.of()) {
                Tag made = new Tag(String.valueOf(tag));
                tags.add(made);
                bound(Optional.ofNullable(configured.get(made)));
            }
        }

        private void bound(Optional<Duration> age) {
            Duration before = maxAge;
            if (age.isPresent() && (before == null || age.get().compareTo(before) < 0)) {
                maxAge = age.get();
            }
        }

        private GraphQLCompositeType typeOf(InlineFragment inline, GraphQLCompositeType parent) {
            return inline.getTypeCondition() == null
                    ? parent
                    : named(inline.getTypeCondition().getName());
        }

        private GraphQLCompositeType named(String name) {
            GraphQLType type = schema.getType(name);
            if (type instanceof GraphQLCompositeType composite) {
                return composite;
            }
            throw new IllegalStateException("a valid document has no fragment on " + name);
        }
    }

    private static boolean isIntrospection(GraphQLFieldDefinition field, GraphQLCompositeType parent) {
        return field.getName().startsWith("__") || parent.getName().startsWith("__");
    }

    private static @Nullable Object argument(GraphQLAppliedDirective said, String name) {
        GraphQLAppliedDirectiveArgument argument = said.getArgument(name);
        return argument == null ? null : argument.getValue();
    }
}
