package dev.daveloper.http.graphql;

import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks for any field of the schema, with arguments that the schema takes. */
final class Questions {
    static final List<String> ROOTS = List.of("Query", "Mutation", "Subscription");

    private static final Map<String, String> VALUES = Map.of(
            "ID", "\"run_01jc3v5m6x8qf7k2n9r4t0w1ae\"",
            "String", "\"x\"",
            "Int", "1",
            "Long", "1",
            "Float", "0.5",
            "Boolean", "true",
            "JSON", "{ key: \"x\" }",
            "DateTime", "\"2026-01-31T12:00:00Z\"");

    private final TypeDefinitionRegistry types;

    Questions(String schema) {
        this.types = new SchemaParser().parse(schema);
    }

    static Questions ofGateway() {
        return new Questions(GraphSchema.text());
    }

    /** A field of an object or interface, such as {@code Query.run}. */
    record Place(String type, FieldDefinition field) {
        @Override
        public String toString() {
            return type + "." + field.getName();
        }

        boolean has(String directive) {
            return field.hasDirective(directive);
        }

        /** Its arguments that are identifiers. */
        List<String> ids() {
            return field.getInputValueDefinitions().stream()
                    .filter(argument -> nameOf(argument.getType()).equals("ID"))
                    .map(InputValueDefinition::getName)
                    .toList();
        }
    }

    Stream<Place> all() {
        return types.getTypes(ImplementingTypeDefinition.class).stream()
                .flatMap(type -> ((ImplementingTypeDefinition<?>) type)
                        .getFieldDefinitions().stream().map(field -> new Place(type.getName(), field)));
    }

    /** @param path from a root, such as {@code Query.webhook.stats} */
    List<Place> at(String path) {
        String[] names = path.split("\\.", -1);
        String type = names[0];
        List<Place> places = new ArrayList<>();
        for (int i = 1; i < names.length; i++) {
            String of = type;
            String name = names[i];
            Place place = all().filter(each ->
                            each.type().equals(of) && each.field().getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + path));
            places.add(place);
            type = nameOf(place.field().getType());
        }
        return places;
    }

    /** A document that asks for the field at the end of this path, its identifiers as they are given. */
    String of(List<Place> path, UnaryOperator<String> ids) {
        String below = selectionOf(path.getLast());
        for (Place place : path.reversed()) {
            below = asked(place.field(), ids) + (below.isEmpty() ? "" : " { " + below + " }");
        }
        return path.getFirst().type().toLowerCase(Locale.ROOT) + " { " + below + " }";
    }

    String of(Place place) {
        return of(List.of(place), id -> VALUES.get("ID"));
    }

    String of(Place place, String id) {
        return of(List.of(place), any -> '"' + id + '"');
    }

    /** As {@link #of(Place, String)}, with these arguments as they are written here. */
    String with(Place place, String id, Map<String, String> given) {
        String arguments = place.field().getInputValueDefinitions().stream()
                .filter(input -> given.containsKey(input.getName()) || isNeeded(input))
                .map(input -> input.getName() + ": "
                        + (given.containsKey(input.getName())
                                ? given.get(input.getName())
                                : literal(input.getType(), any -> '"' + id + '"')))
                .collect(Collectors.joining(", "));
        String below = selectionOf(place);
        return place.type().toLowerCase(Locale.ROOT) + " { " + place.field().getName() + "(" + arguments + ")"
                + (below.isEmpty() ? "" : " { " + below + " }") + " }";
    }

    /** All that is to be tried for a type: of a list none, one and two of each, of an input each field by turns. */
    List<String> values(Type<?> type, Map<String, List<String>> ofScalars) {
        if (type instanceof NonNullType sure) {
            return values(sure.getType(), ofScalars);
        }
        List<String> values = new ArrayList<>();
        if (type instanceof ListType list) {
            values.add("[]");
            values(list.getType(), ofScalars)
                    .forEach(each -> values.addAll(List.of("[" + each + "]", "[" + each + " " + each + "]")));
            return values;
        }
        String name = nameOf(type);
        EnumTypeDefinition words = types.getTypeOrNull(name, EnumTypeDefinition.class);
        InputObjectTypeDefinition input = types.getTypeOrNull(name, InputObjectTypeDefinition.class);
        if (words != null) {
            words.getEnumValueDefinitions().forEach(word -> values.add(word.getName()));
        } else if (input != null) {
            for (InputValueDefinition field : input.getInputValueDefinitions()) {
                String rest = needed(
                        input.getInputValueDefinitions().stream()
                                .filter(other -> !other.getName().equals(field.getName()))
                                .toList(),
                        id -> VALUES.get("ID"));
                values(field.getType(), ofScalars)
                        .forEach(each -> values.add("{ " + field.getName() + ": " + each + " " + rest + " }"));
                if (!(field.getType() instanceof NonNullType)) {
                    values.add("{ " + field.getName() + ": null " + rest + " }");
                }
            }
        } else {
            values.addAll(ofScalars.get(name));
        }
        return values;
    }

    private String selectionOf(Place place) {
        String name = nameOf(place.field().getType());
        boolean leaf = isLeaf(name);
        boolean refusable = types.getTypeOrNull(name, UnionTypeDefinition.class) != null && name.endsWith("Result");
        return leaf ? "" : refusable ? "__typename ... on Problem { code }" : "__typename";
    }

    private boolean isLeaf(String name) {
        return types.scalars().containsKey(name)
                || types.getTypeOrNull(name, ScalarTypeDefinition.class) != null
                || types.getTypeOrNull(name, EnumTypeDefinition.class) != null;
    }

    private String asked(FieldDefinition field, UnaryOperator<String> ids) {
        String arguments = needed(field.getInputValueDefinitions(), ids);
        return field.getName() + (arguments.isEmpty() ? "" : "(" + arguments + ")");
    }

    private String needed(List<InputValueDefinition> inputs, UnaryOperator<String> ids) {
        return inputs.stream()
                .filter(Questions::isNeeded)
                .map(input -> input.getName() + ": " + literal(input.getType(), ids))
                .collect(Collectors.joining(", "));
    }

    private static boolean isNeeded(InputValueDefinition input) {
        return input.getType() instanceof NonNullType && input.getDefaultValue() == null;
    }

    private String literal(Type<?> type, UnaryOperator<String> ids) {
        if (type instanceof NonNullType sure) {
            return literal(sure.getType(), ids);
        }
        if (type instanceof ListType list) {
            return "[" + literal(list.getType(), ids) + "]";
        }
        String name = nameOf(type);
        if (name.equals("ID")) {
            return ids.apply(name);
        }
        InputObjectTypeDefinition input = types.getTypeOrNull(name, InputObjectTypeDefinition.class);
        if (input != null) {
            return "{ " + needed(input.getInputValueDefinitions(), ids) + " }";
        }
        EnumTypeDefinition values = types.getTypeOrNull(name, EnumTypeDefinition.class);
        return values == null
                ? VALUES.get(name)
                : values.getEnumValueDefinitions().getFirst().getName();
    }

    private static String nameOf(Type<?> type) {
        return switch (type) {
            case NonNullType sure -> nameOf(sure.getType());
            case ListType list -> nameOf(list.getType());
            case TypeName name -> name.getName();
            default -> throw new AssertionError("no such type: " + type);
        };
    }
}
