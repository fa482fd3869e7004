package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Documentation that looks like the real one and does not change with it. */
public final class Fixtures {
    private Fixtures() {}

    public static List<SourceDocument> documents() {
        Path root = root();
        List<SourceDocument> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                String path = root.relativize(file).toString().replace(".md", "");
                String markdown = Files.readString(file);
                String title = MarkdownReader.title(markdown).orElse(path);
                documents.add(new SourceDocument(path, title, "/library/" + path, markdown));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private static Path root() {
        try {
            return Path.of(Fixtures.class.getResource("/evaluation").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
