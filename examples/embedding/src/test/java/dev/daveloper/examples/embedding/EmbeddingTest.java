package dev.daveloper.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.failures.NotFound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "daveloper", "examples", "embedding");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void a_question_is_answered_without_http() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Embedding.ask(new Parrot(), "What is in the box?", new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("What is in the box?");
    }

    @Test
    void the_program_runs() throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            Embedding.main(new String[] {"Hello,", "parrot."});
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("Hello, parrot.");
    }

    @Test
    void a_parrot_has_no_tools() {
        assertThat(new Parrot().tools()).isEmpty();
        assertThatThrownBy(() -> new Parrot().testTool("fly", new Json("{}"))).isInstanceOf(NotFound.class);
    }

    @Test
    void what_the_readme_shows_is_the_program() throws IOException {
        String sources = words(Files.readString(SOURCES.resolve("Embedding.java")))
                + words(Files.readString(SOURCES.resolve("Parrot.java")));

        assertThat(SNIPPET.matcher(Files.readString(Path.of("README.md"))).results())
                .hasSize(2)
                .extracting((MatchResult snippet) -> words(snippet.group(1)))
                .allSatisfy(snippet -> assertThat(sources).contains(snippet));
    }

    /** However it is broken into lines. */
    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
