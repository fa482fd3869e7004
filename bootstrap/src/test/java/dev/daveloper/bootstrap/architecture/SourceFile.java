package dev.daveloper.bootstrap.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        return of(Map.of(path, text)).getFirst();
    }

    /** All of them, read by one compiler: each has much to do before its first file. */
    static List<SourceFile> of(Map<String, String> texts) {
        List<String> paths =
                texts.keySet().stream().filter(path -> path.endsWith(".java")).toList();
        Map<String, Syntax> syntaxes = new HashMap<>();
        if (!paths.isEmpty()) {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(
                            null,
                            JDK,
                            diagnostic -> {},
                            List.of(),
                            null,
                            paths.stream().map(path -> source(texts.get(path))).toList());
            Iterator<String> names = paths.iterator();
            for (CompilationUnitTree tree : parsed(task)) {
                syntaxes.put(names.next(), new Syntax(tree, Trees.instance(task)));
            }
        }
        return texts.entrySet().stream()
                .map(file -> new SourceFile(file.getKey(), file.getValue(), syntaxes.get(file.getKey())))
                .toList();
    }

    List<String> lines() {
        return text.lines().toList();
    }

    private static Iterable<? extends CompilationUnitTree> parsed(JavacTask task) {
        try {
            return task.parse();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
