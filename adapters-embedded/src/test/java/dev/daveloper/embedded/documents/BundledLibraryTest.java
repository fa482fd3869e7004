package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void documents_are_read_from_a_folder() throws IOException {
        Path guides = Files.createDirectories(folder.resolve("daveloper/library/guides"));
        Files.writeString(guides.resolve("agents.md"), "# Agents `now`\n\nText.");
        Files.writeString(guides.resolve("bad name.md"), "# No");
        Files.writeString(guides.resolve("image.png"), "no");
        BundledLibrary library = BundledLibrary.load(folder);
        assertThat(library.markdown("guides/agents")).contains("# Agents `now`\n\nText.");
        assertThat(library.markdown("docs/guides/agents"))
                .as("as the front page links to it")
                .isEqualTo(library.markdown("guides/agents"));
        assertThat(library.documents())
                .containsExactly(new SourceDocument(
                        "guides/agents", "Agents now", "/library/guides/agents", "# Agents `now`\n\nText."));
    }

    @Test
    void documents_are_read_from_a_jar_with_or_without_entries_for_folders() throws IOException {
        Path jar = folder.resolve("some.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("daveloper/library/README.md"));
            out.write("Hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.closeEntry();
        }
        BundledLibrary library = BundledLibrary.load(jar);
        assertThat(library.markdown("README")).contains("Hello");
        assertThat(library.documents()).extracting(SourceDocument::title).containsExactly("README");
    }

    @Test
    void without_documents_the_library_is_empty() throws IOException {
        assertThat(BundledLibrary.load(folder).documents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "..",
                "../pom",
                "guides/../README",
                "/README",
                "README.md",
                "guides//x",
                "a\u0000b",
                "%2e%2e"
            })
    void a_path_that_is_none_finds_nothing(String path) {
        assertThat(BundledLibrary.load().markdown(path)).isEmpty();
    }

    @Test
    void the_projects_own_documentation_is_there() {
        BundledLibrary library = BundledLibrary.load();
        assertThat(library.documents()).extracting(SourceDocument::id).contains("guides/built-in-agent");
        assertThat(library.markdown("guides/built-in-agent")).isPresent();
    }
}
