package dev.daveloper.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole project keeps the tidy rules; {@link TidyRuleTest} shows that each of them notices an untidy file. */
class TidyTest {
    private static final Path ROOT = SourceTree.root();
    private static final List<SourceFile> FILES = read();

    @ParameterizedTest
    @EnumSource
    void every_file_keeps(TidyRule rule) {
        assertThat(FILES.stream().flatMap(file -> rule.violationsIn(file).stream()))
                .isEmpty();
    }

    @Test
    void no_module_is_overlooked() throws IOException {
        for (Path module : modulesWithCode()) {
            String name = ROOT.relativize(module).toString().replace('\\', '/');
            assertThat(FILES).anyMatch(file -> file.path().startsWith(name + "/src/main/java/"));
        }
        assertThat(FILES).anyMatch(file -> file.path().endsWith("architecture/TidyTest.java"));
    }

    /** The coverage threshold says nothing about a module that has no test at all. */
    @Test
    void every_module_has_tests() throws IOException {
        assertThat(modulesWithCode())
                .allSatisfy(module -> assertThat(module.resolve("src/test/java"))
                        .isDirectoryRecursivelyContaining("regex:.*Test\\.java"));
    }

    private static List<Path> modulesWithCode() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .filter(folder -> !folder.endsWith("benchmarks"))
                    .toList();
        }
    }

    private static List<SourceFile> read() {
        try {
            return SourceTree.files(ROOT);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
