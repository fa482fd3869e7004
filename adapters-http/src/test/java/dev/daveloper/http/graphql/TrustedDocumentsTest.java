package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedDocumentsTest {
    private static final String TEXT = "{ health { status } }";

    @TempDir
    private Path directory;

    private TrustedDocuments read(String manifest) throws IOException {
        Path file = Files.writeString(directory.resolve("trusted.json"), manifest);
        return TrustedDocuments.read(file, PublishedSchema.documents());
    }

    private static String entry(String text) {
        return "\"" + DocumentHash.of(text) + "\": \"" + text + "\"";
    }

    private void assertRefused(String manifest, String... words) {
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(UnusableDocuments.class)
                .hasMessageStartingWith(directory.resolve("trusted.json").toString())
                .hasMessageContainingAll(words)
                .message()
                .doesNotEndWith(".");
    }

    @Test
    void documents_are_found_by_their_hash_and_an_empty_list_has_none() throws IOException {
        TrustedDocuments documents = read("{" + entry(TEXT) + ", " + entry("{ session { id } }") + "}");
        assertThat(documents.find(DocumentHash.of(TEXT))).contains(TEXT);
        assertThat(documents.has(DocumentHash.of("{ session { id } }"))).isTrue();
        assertThat(documents.find(DocumentHash.of("{ limits { policy } }"))).isEmpty();
        assertThat(read("{}").has(DocumentHash.of(TEXT))).isFalse();
    }

    @Test
    void a_hash_is_taken_of_the_bytes_of_utf_8() throws IOException {
        String text = "{ documents(nameContains: \\\"Größe\\\") { nodes { id } } }";
        String written = text.replace("\\\"", "\"");
        assertThat(read("{\"" + DocumentHash.of(written) + "\": \"" + text + "\"}")
                        .find(DocumentHash.of(written)))
                .contains(written);
    }

    @Test
    void what_is_wrong_is_told_with_the_entry_that_it_is_wrong_with() {
        String other = DocumentHash.of("{ session { id } }").hex();
        assertRefused(
                "{" + entry(TEXT) + ", \"" + other + "\": \"" + TEXT + "\"}",
                "entry 2 (" + other + ")",
                "has a document whose SHA-256 is " + DocumentHash.of(TEXT));
        assertRefused("{" + entry("{ nothing }") + "}", "entry 1", "cannot be done", "'nothing'");
        assertRefused("{" + entry("{ health") + "}", "entry 1", "cannot be done");
        assertRefused(
                "{\"health\": \"" + TEXT + "\"}",
                "entry 1 (health), must be called by",
                "64 lower-case hexadecimal digits");
        assertRefused("{\"" + other + "\": {\"query\": 1}}", "entry 1", "must be the text of a document");
    }

    @Test
    void what_is_no_list_is_refused() {
        for (String wrong : new String[] {"", "[]", "null", "{", "{} {}", "{\"a\": 1,}"}) {
            assertRefused(wrong, "is no JSON object of documents");
        }
        assertRefused("{" + entry(TEXT) + ", " + entry(TEXT) + "}", "is no JSON object of documents");
        assertThatThrownBy(() -> TrustedDocuments.read(directory.resolve("none.json"), PublishedSchema.documents()))
                .isInstanceOf(UnusableDocuments.class)
                .hasMessageContaining("none.json cannot be read: NoSuchFileException");
    }

    @Test
    void a_list_has_a_bound() {
        String many = IntStream.rangeClosed(0, TrustedDocuments.MAX_DOCUMENTS)
                .mapToObj(i -> "\"" + i + "\": 1")
                .collect(Collectors.joining(",", "{", "}"));
        assertRefused(many, "has 5001 documents, of at most 5000");
        assertRefused("{\"a\": \"" + " ".repeat(TrustedDocuments.MAX_BYTES) + "\"}", "is longer than 16777216 bytes");
    }
}
