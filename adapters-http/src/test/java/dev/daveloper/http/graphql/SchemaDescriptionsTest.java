package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AbstractDescribedNode;
import graphql.language.DirectiveDefinition;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDescriptionsTest {
    private final List<String> silent = new ArrayList<>();

    @Test
    void every_type_field_argument_and_value_says_what_it_is() {
        look(new SchemaParser().parse(GraphSchema.text()));
        assertThat(silent).as("without a description").isEmpty();
    }

    @Test
    void one_that_says_nothing_is_found() {
        look(new SchemaParser().parse("""
                type Query { any(more: Int): Int }
                enum Kind { SMALL }
                input Only { kind: Kind }
                "Described."
                scalar Any
                directive @cost(weight: Int) on FIELD_DEFINITION
                """));
        assertThat(silent)
                .containsExactlyInAnyOrder(
                        "Query",
                        "Query.any",
                        "Query.any.more",
                        "Kind",
                        "Kind.SMALL",
                        "Only",
                        "Only.kind",
                        "cost",
                        "cost.weight");
    }

    private void look(TypeDefinitionRegistry types) {
        types.types().values().forEach(this::look);
        for (DirectiveDefinition directive : types.getDirectiveDefinitions().values()) {
            look(directive.getName(), directive);
            arguments(directive.getName(), directive.getInputValueDefinitions());
        }
        types.scalars().values().stream()
                .filter(scalar ->
                        !List.of("ID", "Int", "Float", "String", "Boolean").contains(scalar.getName()))
                .forEach(scalar -> look(scalar.getName(), scalar));
    }

    private void look(TypeDefinition<?> type) {
        String name = type.getName();
        look(name, (AbstractDescribedNode<?>) type);
        if (type instanceof ImplementingTypeDefinition<?> fields) {
            for (FieldDefinition field : fields.getFieldDefinitions()) {
                look(name + "." + field.getName(), field);
                arguments(name + "." + field.getName(), field.getInputValueDefinitions());
            }
        } else if (type instanceof EnumTypeDefinition values) {
            values.getEnumValueDefinitions().forEach(value -> look(name + "." + value.getName(), value));
        } else if (type instanceof InputObjectTypeDefinition input) {
            arguments(name, input.getInputValueDefinitions());
        }
    }

    private void arguments(String of, List<InputValueDefinition> arguments) {
        arguments.forEach(argument -> look(of + "." + argument.getName(), argument));
    }

    private void look(String name, AbstractDescribedNode<?> described) {
        if (described.getDescription() == null
                || described.getDescription().getContent().isBlank()) {
            silent.add(name);
        }
    }
}
