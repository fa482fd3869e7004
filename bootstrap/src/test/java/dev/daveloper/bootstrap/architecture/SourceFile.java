package dev.daveloper.bootstrap.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A text file of the project.
 *
 * @param path from the project's root, with forward slashes
 */
record SourceFile(String path, String text, @Nullable Syntax syntax) {

    /** Opened once: a parse of its own would look at the whole JDK again. */
    private static final JavaFileManager JDK =
            ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, StandardCharsets.UTF_8);

    /** What the compiler sees in a Java file, and where. */
    record Syntax(CompilationUnitTree tree, Trees trees) {
        long firstLine(Tree part) {
            return tree.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(tree, part));
        }

        long lastLine(Tree part) {
            return tree.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(tree, part));
        }
    }

    static SourceFile of(String path, String text) {
        return new SourceFile(path, text, path.endsWith(".java") ? parse(text) : null);
    }

    static SourceFile read(Path root, Path file) {
        try {
            return of(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    List<String> lines() {
        return text.lines().toList();
    }

    private static Syntax parse(String text) {
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, JDK, diagnostic -> {}, List.of(), null, List.of(source));
        try {
            return new Syntax(task.parse().iterator().next(), Trees.instance(task));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
