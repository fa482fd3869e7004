package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.documents.extraction.ExtractionConfig;
import dev.daveloper.embedded.documents.extraction.ProcessExtractor;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocuments;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocumentsConfig;
import dev.daveloper.grpc.AgentServer;
import dev.daveloper.grpc.AgentServerConfig;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedJavaTest {
    /** What the guide to embedding shows: domain, ports and core; of the adapters the doors that it opens. */
    private static final Pattern CORE =
            Pattern.compile("dev\\.daveloper\\.(domain(\\..+)?|application(\\.\\w+\\.(in|out))?)");

    private static final List<Class<?>> DOORS = List.of(
            EmbeddedStores.class,
            EmbeddedStoresConfig.class,
            EmbeddedDocuments.class,
            EmbeddedDocumentsConfig.class,
            ProcessExtractor.class,
            ExtractionConfig.class,
            AgentServer.class,
            AgentServerConfig.class);

    private static final String SMALL = """
            package small;
            import java.util.*;
            public class Small {
              public sealed interface Step permits Step.One, Step.Two { record One() implements Step {}
                record Two() implements Step {} }
              public enum Kind { SMALL, LARGE }
              public interface Port { String answer(int question) throws java.io.IOException; default void rest() {} }
              public record Value(String name) implements Comparable<Value> {
                public int compareTo(Value other) { return 0; } }
              public static class Open { protected void hook() {} public static final int LIMIT = 1; void own() {} }
              public static <T> List<T> all(Class<T> type) { return List.of(); }
              public void use(Port port) {}
              private void hidden() {}
            }
            class Hidden { public void nothing() {} }
            """;

    /** Compiled once for all. */
    private static @Nullable Surface small;

    @TempDir
    private Path folder;

    @Test
    void nothing_in_the_core_breaks_whoever_was_compiled_with_the_last_release() {
        Stream<Class<?>> core = new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.daveloper.domain", "dev.daveloper.application")
                        .stream()
                        .filter(type -> CORE.matcher(type.getPackageName()).matches())
                        .map(JavaClass::reflect);
        Released.assertKept(
                "java.txt", JavaSurface.of(Stream.concat(core, DOORS.stream()).toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a method is gone              | public void use(Port port) {}     | ''
            a method is not public now    | public void use                   | void use
            a method takes more           | use(Port port)                    | use(Port port, int more)
            a method answers another      | String answer                     | Object answer
            a method is static now        | public void use                   | public static void use
            a method fails in more ways   | public void use(Port port)        \
            | public void use(Port port) throws Exception
            a method is more general      | List<T> all                       | Collection<T> all
            a type parameter is narrower  | <T> List<T> all(Class<T> type)    | List<String> all(Class<String> type)
            implementors must do more     | default void rest() {}            | void rest();
            a new method must be done     | default void rest() {}            | default void rest() {} void more();
            a record has more             | record Value(String name)         | record Value(String name, int size)
            a record is of another kind   | implements Comparable<Value>      | ''
            a kind is new                 | Step.Two { record One() \
            | Step.Two, Step.Three { record Three() implements Step {} record One()
            a constant is gone            | SMALL, LARGE                      | SMALL
            a class is final now          | public static class Open          | public static final class Open
            a class is abstract now       | public static class Open          | public abstract static class Open
            a hook is gone                | protected void hook() {}          | ''
            a field is gone               | public static final int LIMIT = 1; | ''
            a type is not public now      | public enum Kind                  | enum Kind
            an interface is sealed now    | public interface Port {           \
            | public sealed interface Port permits Only {
            """)
    void what_breaks_an_embedding_program_is_found(String change, String before, String after) throws IOException {
        String more = after.contains("Only")
                ? "final class Only implements Small.Port { public String answer(int q) { return \"\"; } }"
                : "";
        assertThat(small().breakagesIn(compiled(changed(before, after) + more)))
                .as(change)
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing                       | Small                             | Small
            a method more                 | public void use(Port port) {}     \
            | public void use(Port port) {} public void more() {}
            a default more                | default void rest() {}            \
            | default void rest() {} default void more() {}
            a constant more               | LARGE }                           | LARGE, HUGE }
            a type more                   | public enum Kind                  \
            | public interface New { void must(); } public enum Kind
            what was never seen           | private void hidden() {}          | ''
            what is the package's own     | void own() {}                     | ''
            a class of its own            | class Hidden { public void nothing() {} } | ''
            a name of a parameter         | answer(int question)              | answer(int asked)
            """)
    void what_breaks_nobody_is_let_pass(String change, String before, String after) throws IOException {
        assertThat(small().breakagesIn(compiled(changed(before, after))))
                .as(change)
                .isEmpty();
    }

    private Surface small() throws IOException {
        if (small == null) {
            small = compiled(SMALL);
        }
        return small;
    }

    private static String changed(String before, String after) {
        assertThat(SMALL).contains(before);
        return SMALL.replace(before, after);
    }

    private Surface compiled(String source) throws IOException {
        Path place = Files.createTempDirectory(folder, "compiled");
        Path file = Files.writeString(place.resolve("Small.java"), source);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", place.toString(), "-nowarn", file.toString());
        assertThat(code).as("it compiles").isZero();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {urlOf(place)});
                Stream<Path> classes = Files.list(place.resolve("small"))) {
            List<Class<?>> types = classes.map(each -> each.getFileName().toString())
                    .<Class<?>>map(name -> load(loader, "small." + name.replace(".class", "")))
                    .toList();
            return JavaSurface.of(types);
        }
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static URL urlOf(Path place) throws MalformedURLException {
        return place.toUri().toURL();
    }
}
