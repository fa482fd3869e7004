package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.cache.Tag;
import dev.daveloper.http.graphql.Sharing.Shared;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharingTest {
    private static final Sharing SHARING = new Sharing(PublishedSchema.SCHEMA, Map.of());

    private static Optional<Shared> shared(String text) {
        return shared(SHARING, text);
    }

    private static Optional<Shared> shared(Sharing sharing, String text) {
        Document document = PublishedSchema.read(text);
        return sharing.of(document, PublishedSchema.onlyOperation(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tools { name } }",
                "{ __typename tools { __typename name description parameters } }",
                "{ mine: tools { name } others: tools { name } }",
                "query A { ...All } fragment All on Query { tools { ...One } } fragment One on Tool { name }",
                "{ ... on Query { tools { ... { name } } } }",
                "query A($with: Boolean!) { tools { name description @include(if: $with) } }",
                "{ __schema { types { name } } tools { name } }"
            })
    void a_query_is_everybodys_when_all_its_fields_are(String text) {
        assertThat(shared(text)).contains(new Shared(Set.of(Tag.TOOLS), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ health { status } }",
                "{ session { id } }",
                "{ limits { policy } }",
                "{ tools { name } session { id } }",
                "{ tools { name } ...All } fragment All on Query { health { status } }",
                "query A($with: Boolean!) { tools { name } session @include(if: $with) { id } }",
                "{ __typename }",
                "mutation { openSession { __typename } }",
                "subscription { sessionEvents { __typename } }"
            })
    void anything_else_in_it_makes_it_the_callers_own(String text) {
        assertThat(shared(text)).isEmpty();
    }

    @Test
    void the_schema_is_everybodys_too() {
        assertThat(shared("{ __type(name: \"Run\") { fields { name type { ofType { name } } } } }"))
                .contains(new Shared(Set.of(), Duration.ofMinutes(5)));
    }

    @Test
    void it_is_good_for_no_longer_than_was_configured_of_what_it_is_made_from() {
        Sharing shorter = new Sharing(PublishedSchema.SCHEMA, Map.of(Tag.TOOLS, Duration.ofSeconds(7)));
        assertThat(shared(shorter, "{ tools { name } }").orElseThrow().maxAge()).isEqualTo(Duration.ofSeconds(7));
        Sharing longer = new Sharing(PublishedSchema.SCHEMA, Map.of(Tag.TOOLS, Duration.ofHours(1)));
        assertThat(shared(longer, "{ tools { name } }").orElseThrow().maxAge()).isEqualTo(Duration.ofSeconds(60));
        for (Duration none : List.of(Duration.ZERO, Duration.ofMillis(999))) {
            Sharing off = new Sharing(PublishedSchema.SCHEMA, Map.of(Tag.TOOLS, none));
            assertThat(shared(off, "{ tools { name } }")).isEmpty();
        }
    }

    @Test
    void the_shortest_of_its_fields_counts_and_objects_within_have_to_say_it_themselves() {
        Sharing sharing = new Sharing(
                UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse("""
                        directive @cacheControl(maxAge: Int!, tags: [String!] = []) on FIELD_DEFINITION
                        type Query {
                          long: Thing @cacheControl(maxAge: 100, tags: ["long"])
                          word: String @cacheControl(maxAge: 9)
                          own: String
                        }
                        type Thing { name: String short: Thing @cacheControl(maxAge: 10, tags: ["short"]) other: Thing }
                        """)), Map.of());
        assertThat(of(sharing, "{ long { name } }"))
                .contains(new Shared(Set.of(new Tag("long")), Duration.ofSeconds(100)));
        assertThat(of(sharing, "{ long { name short { name } } }"))
                .contains(new Shared(Set.of(new Tag("long"), new Tag("short")), Duration.ofSeconds(10)));
        assertThat(of(sharing, "{ long { name } word }").orElseThrow().maxAge()).isEqualTo(Duration.ofSeconds(9));
        assertThat(of(sharing, "{ long { other { name } } }")).isEmpty();
        assertThat(of(sharing, "{ long { name } own }")).isEmpty();
    }

    private static Optional<Shared> of(Sharing sharing, String text) {
        Document document = new graphql.parser.Parser().parseDocument(text);
        return sharing.of(document, PublishedSchema.onlyOperation(document));
    }

    /** They are done for nobody, so that it could not be given; it must not even be thought of. */
    @Test
    void nothing_that_is_guarded_is_said_to_be_everybodys() {
        List<FieldDefinition> marked = new SchemaParser()
                .parse(GraphSchema.text()).getTypes(ObjectTypeDefinition.class).stream()
                        .flatMap(type -> type.getFieldDefinitions().stream())
                        .filter(field -> field.hasDirective("cacheControl"))
                        .toList();
        assertThat(marked).isNotEmpty().allSatisfy(field -> {
            assertThat(field.hasDirective("admin")).as(field.getName()).isFalse();
            assertThat(field.hasDirective("session")).as(field.getName()).isFalse();
        });
    }
}
