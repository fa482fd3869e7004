package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.cache.CacheParts;
import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.http.graphql.GraphEngine.Cause;
import dev.daveloper.http.graphql.NamedDocuments.Resolution;
import dev.daveloper.http.graphql.NamedDocuments.Resolved;
import dev.daveloper.http.graphql.NamedDocuments.Unresolved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedDocumentsTest {
    private static final String TEXT = "{ health { status } }";
    private static final String HASH = DocumentHash.of(TEXT).hex();
    private static final String OTHER =
            DocumentHash.of("{ health { __typename } }").hex();

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final Cache cache = new InMemoryCache(clock);
    private final NamedDocuments node = node(cache);

    private Caching caching(Cache shared) {
        return new CacheParts(shared, new Random(1), clock, event -> {}).caching();
    }

    private NamedDocuments node(Cache shared) {
        return new NamedDocuments(
                PublishedSchema.documents(), Optional.of(new RememberedDocuments(caching(shared))), Optional.empty());
    }

    private static GraphRequest asked(Optional<String> query, Optional<String> id, Map<String, Object> extensions) {
        return new GraphRequest(query, id, Optional.empty(), Map.of(), extensions);
    }

    private static Map<String, Object> called(String hash) {
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    private static GraphRequest only(String hash) {
        return asked(Optional.empty(), Optional.empty(), called(hash));
    }

    private static GraphRequest both(String text, String hash) {
        return asked(Optional.of(text), Optional.empty(), called(hash));
    }

    private static GraphRequest identified(String id) {
        return asked(Optional.empty(), Optional.of(id), Map.of());
    }

    private static void assertDone(Resolution resolution) {
        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolved.class,
                        found -> assertThat(found.request().query()).contains(TEXT));
    }

    private static void assertNotDone(Resolution resolution, String code, Cause cause) {
        assertThat(resolution).isInstanceOfSatisfying(Unresolved.class, refused -> {
            assertThat(refused.error().getExtensions()).containsEntry("code", code);
            assertThat(refused.cause()).isEqualTo(cause);
        });
    }

    @Test
    void what_was_sent_with_its_name_is_known_by_it_from_then_on_and_on_every_node() throws Exception {
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
        assertDone(node.resolve(both(TEXT, HASH)));
        assertDone(node.resolve(only(HASH)));
        assertDone(node.resolve(identified("sha256:" + HASH)));
        assertDone(node(cache).resolve(only(HASH)));
    }

    @Test
    void what_clients_wait_for_is_what_they_are_told() throws Exception {
        Unresolved unknown = (Unresolved) node.resolve(only(HASH));
        assertThat(unknown.error().getMessage()).isEqualTo("PersistedQueryNotFound");
        assertThat(unknown.error().toSpecification()).containsOnlyKeys("message", "extensions");
    }

    @Test
    void an_identifier_that_is_unknown_is_no_step_of_a_protocol() throws Exception {
        assertNotDone(node.resolve(identified("sha256:" + HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.NAME);
        assertDone(node.resolve(asked(Optional.of(TEXT), Optional.of("sha256:" + HASH), Map.of())));
        assertDone(node.resolve(identified("sha256:" + HASH)));
    }

    @Test
    void what_is_not_what_it_is_called_by_is_refused_and_not_remembered() throws Exception {
        assertNotDone(node.resolve(both(TEXT, OTHER)), "query_invalid", Cause.NAME);
        assertNotDone(node.resolve(only(OTHER)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
        assertNotDone(
                node.resolve(asked(Optional.of(TEXT), Optional.of("sha256:" + OTHER), Map.of())),
                "query_invalid",
                Cause.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ nothing }", "{ health", "", "query A { health { status } } { health { status } }"})
    void what_cannot_be_done_is_left_to_the_engine_and_not_remembered(String text) throws Exception {
        String hash = DocumentHash.of(text).hex();
        assertThat(node.resolve(both(text, hash))).isInstanceOf(Resolved.class);
        assertNotDone(node.resolve(only(hash)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @Test
    void what_is_longer_than_a_document_may_be_is_not_remembered() throws Exception {
        String text = TEXT + " ".repeat(GraphLimits.DEFAULT.maxChars());
        String hash = DocumentHash.of(text).hex();
        assertThat(node.resolve(both(text, hash))).isInstanceOf(Resolved.class);
        assertNotDone(node.resolve(only(hash)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @Test
    void nothing_is_remembered_of_who_does_not_ask_for_it() throws Exception {
        assertDone(node.resolve(asked(Optional.of(TEXT), Optional.empty(), Map.of())));
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "sha256:abc", "md5:0a", "x-own:name", "name"})
    void what_is_no_identifier_is_refused(String id) throws Exception {
        assertNotDone(node.resolve(identified(id)), "query_invalid", Cause.NAME);
        assertNotDone(
                node.resolve(identified("sha256:" + HASH.toUpperCase(java.util.Locale.ROOT))),
                "query_invalid",
                Cause.NAME);
    }

    @Test
    void what_is_no_extension_of_this_kind_is_refused() throws Exception {
        for (Object wrong : List.of(
                "text",
                List.of(),
                Map.of(),
                Map.of("version", 1),
                Map.of("sha256Hash", HASH),
                Map.of("version", 2, "sha256Hash", HASH),
                Map.of("version", "1", "sha256Hash", HASH),
                Map.of("version", 1, "sha256Hash", 7),
                Map.of("version", 1, "sha256Hash", HASH + "0"))) {
            assertNotDone(
                    node.resolve(asked(Optional.of(TEXT), Optional.empty(), Map.of("persistedQuery", wrong))),
                    "query_invalid",
                    Cause.NAME);
        }
    }

    @Test
    void two_names_have_to_be_the_same() throws Exception {
        node.resolve(both(TEXT, HASH));
        assertDone(node.resolve(asked(Optional.empty(), Optional.of("sha256:" + HASH), called(HASH))));
        assertNotDone(
                node.resolve(asked(Optional.empty(), Optional.of("sha256:" + OTHER), called(HASH))),
                "query_invalid",
                Cause.NAME);
    }

    @Test
    void who_has_no_document_and_names_none_is_left_to_the_engine() throws Exception {
        GraphRequest nothing = asked(Optional.empty(), Optional.empty(), Map.of("other", 1));
        assertThat(nothing.isWithoutDocument()).isTrue();
        assertThat(node.resolve(nothing)).isEqualTo(new Resolved(nothing));
    }

    @Test
    void it_is_forgotten_after_two_days_unless_it_is_sent_again() throws Exception {
        node.resolve(both(TEXT, HASH));
        now = now.plus(Duration.ofHours(40));
        assertDone(node.resolve(only(HASH)));
        now = now.plus(Duration.ofHours(20));
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
        assertDone(node.resolve(both(TEXT, HASH)));
        assertDone(node.resolve(only(HASH)));
    }

    @Test
    void operators_forget_all_of_them_by_their_tag() throws Exception {
        node.resolve(both(TEXT, HASH));
        caching(cache).invalidate(Set.of(new Tag("graphql-documents")));
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @Test
    void what_another_put_into_the_store_under_this_name_is_not_believed() throws Exception {
        new RememberedDocuments(caching(cache)).remember(new DocumentHash(OTHER), TEXT);
        assertNotDone(node.resolve(only(OTHER)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @Test
    void while_the_store_is_away_documents_are_done_that_are_sent_along() throws Exception {
        ((InMemoryCache) cache).away(true);
        assertDone(node.resolve(both(TEXT, HASH)));
        assertNotDone(node.resolve(only(HASH)), "PERSISTED_QUERY_NOT_FOUND", Cause.UNKNOWN_YET);
    }

    @Test
    void switched_off_names_are_no_use_and_documents_are_done() throws Exception {
        NamedDocuments off = new NamedDocuments(PublishedSchema.documents(), Optional.empty(), Optional.empty());
        assertDone(off.resolve(both(TEXT, HASH)));
        assertNotDone(off.resolve(only(HASH)), "PERSISTED_QUERY_NOT_SUPPORTED", Cause.UNKNOWN_YET);
        assertNotDone(off.resolve(identified("sha256:" + HASH)), "PERSISTED_QUERY_NOT_SUPPORTED", Cause.NAME);
        assertNotDone(off.resolve(both(TEXT, OTHER)), "query_invalid", Cause.NAME);
    }

    @Test
    void with_a_list_only_what_is_on_it_is_done_however_it_is_asked_for(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("trusted.json"), "{\"" + HASH + "\": \"" + TEXT + "\"}");
        NamedDocuments strict = new NamedDocuments(
                PublishedSchema.documents(),
                Optional.of(new RememberedDocuments(caching(cache))),
                Optional.of(TrustedDocuments.read(file, PublishedSchema.documents())));
        assertDone(strict.resolve(only(HASH)));
        assertDone(strict.resolve(identified("sha256:" + HASH)));
        assertDone(strict.resolve(asked(Optional.of(TEXT), Optional.empty(), Map.of())));
        assertDone(strict.resolve(both(TEXT, HASH)));
        for (GraphRequest other : List.of(
                only(OTHER),
                identified("sha256:" + OTHER),
                asked(Optional.of(TEXT + " "), Optional.empty(), Map.of()),
                both("{ health { __typename } }", OTHER))) {
            assertNotDone(strict.resolve(other), "query_not_trusted", Cause.NAME);
        }
    }
}
