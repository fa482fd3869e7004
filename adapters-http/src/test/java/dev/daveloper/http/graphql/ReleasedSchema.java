package dev.daveloper.http.graphql;

import graphql.language.DirectivesContainer;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What clients were written for: the schema as it was in the last release. A release replaces the file with its own; in
 * between it stays as it is.
 */
record ReleasedSchema(String text) {
    private static final Set<String> GUARDS = Set.of("admin", "session");

    static ReleasedSchema last() {
        try (InputStream file = ReleasedSchema.class.getResourceAsStream("/released/schema.graphqls")) {
            return new ReleasedSchema(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What would break whoever was written for this one; empty when nothing would. */
    List<String> breakagesIn(String now) {
        CapturingReporter reporter = new CapturingReporter();
        new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromSdl(text, now), reporter);
        List<String> breakages = new ArrayList<>();
        reporter.getBreakages()
                .forEach(each ->
                        breakages.add(each.getTypeName() + "." + each.getFieldName() + ": " + each.getReasonMsg()));
        breakages.addAll(newlyGuarded(new SchemaParser().parse(now)));
        return breakages;
    }

    /** Whoever could ask for a field without more can do so for ever. */
    private List<String> newlyGuarded(TypeDefinitionRegistry now) {
        List<String> guarded = new ArrayList<>();
        for (ImplementingTypeDefinition<?> before :
                new SchemaParser().parse(text).getTypes(ImplementingTypeDefinition.class)) {
            for (FieldDefinition field : before.getFieldDefinitions()) {
                fieldOf(now, before.getName(), field.getName()).forEach(same -> {
                    Set<String> more = new HashSet<>(guardsOf(same));
                    more.removeAll(guardsOf(field));
                    more.forEach(
                            guard -> guarded.add(before.getName() + "." + field.getName() + ": now needs @" + guard));
                });
            }
        }
        return guarded;
    }

    private static List<FieldDefinition> fieldOf(TypeDefinitionRegistry types, String type, String field) {
        return types.getTypes(ImplementingTypeDefinition.class).stream()
                .filter(each -> each.getName().equals(type))
                .flatMap(each -> ((ImplementingTypeDefinition<?>) each).getFieldDefinitions().stream())
                .filter(each -> each.getName().equals(field))
                .toList();
    }

    private static Set<String> guardsOf(DirectivesContainer<?> element) {
        return element.getDirectives().stream()
                .map(directive -> directive.getName())
                .filter(GUARDS::contains)
                .collect(Collectors.toSet());
    }
}
