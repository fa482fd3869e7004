package dev.daveloper.bootstrap.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything of the project that people write. */
final class SourceTree {
    private static final Set<String> MADE_BY_TOOLS =
            Set.of("target", "node_modules", "data", ".git", ".idea", ".vscode", "__pycache__");

    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(java|proto|xml|ya?ml|json|properties|md|html|css|m?js|py|sh|sql|graphqls)|daveloper|run|Dockerfile");

    private SourceTree() {}

    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("bootstrap/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has bootstrap/pom.xml");
    }

    static List<SourceFile> files(Path root) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isMadeByTools(root, folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (TEXT.matcher(file.getFileName().toString()).matches()) {
                    texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return SourceFile.of(texts);
    }

    /** Below src, every folder is ours, whatever its name. */
    private static boolean isMadeByTools(Path root, Path folder) {
        return MADE_BY_TOOLS.contains(folder.getFileName().toString())
                && !("/" + root.relativize(folder)).replace('\\', '/').contains("/src/");
    }
}
