package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.in.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's own documentation, which the build packs beside this class. Read once, kept in memory; immutable.
 */
public final class BundledLibrary implements Library {
    private static final String ROOT = "daveloper/library";
    private static final String SUFFIX = ".md";
    private static final String DOCS = "docs/";
    private static final Set<String> FOR_BUILDERS = Set.of("ARCHITECTURE", "CONTRIBUTING", "CHANGELOG");
    private static final Pattern PATH = Pattern.compile("[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*");
    private static final int MAX_PATH_CHARS = 200;
    private static final int MAX_DOCUMENTS = 1_000;
    private static final long MAX_DOCUMENT_BYTES = 1 << 20;

    private final Map<String, String> markdownByPath;

    private BundledLibrary(Map<String, String> markdownByPath) {
        this.markdownByPath = markdownByPath;
    }

    /** The documentation that was packed with this class, be it in a jar or in a folder of classes. */
    public static BundledLibrary load() {
        CodeSource source = BundledLibrary.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return new BundledLibrary(Map.of());
        }
        try {
            return load(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the classes is no path", e);
        }
    }

    /** @param place a jar or a folder */
    static BundledLibrary load(Path place) {
        try {
            if (Files.isDirectory(place)) {
                return read(place.resolve(ROOT));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return read(jar.getPath(ROOT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled documentation cannot be read", e);
        }
    }

    @Override
    public Optional<String> markdown(String path) {
        if (path.length() > MAX_PATH_CHARS || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        // The front page links as the repository lies, where the documents are one folder deeper.
        String packed = path.startsWith(DOCS) ? path.substring(DOCS.length()) : path;
        return Optional.ofNullable(markdownByPath.get(packed));
    }

    /** All documents, to be indexed, in the order of their paths. */
    public List<SourceDocument> documents() {
        List<SourceDocument> documents = new ArrayList<>();
        markdownByPath.forEach((path, markdown) -> documents.add(new SourceDocument(
                path, MarkdownReader.title(markdown).orElse(path), "/library/" + path, markdown, weightOf(path))));
        return documents;
    }

    /** Who asks how to use the gateway is answered from what was written for users before what was for builders. */
    private static float weightOf(String path) {
        if (path.startsWith("decisions/")) {
            return 0.6f;
        }
        return FOR_BUILDERS.contains(path) ? 0.75f : 1;
    }

    private static BundledLibrary read(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return new BundledLibrary(found);
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.limit(MAX_DOCUMENTS)::iterator) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!name.endsWith(SUFFIX) || Files.size(file) > MAX_DOCUMENT_BYTES) {
                    continue;
                }
                String path = name.substring(0, name.length() - SUFFIX.length());
                if (PATH.matcher(path).matches()) {
                    found.put(path, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        return new BundledLibrary(found);
    }
}
