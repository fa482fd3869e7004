package dev.daveloper.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the launcher builds the program anew whatever part of it has changed. */
class BuiltAnewTest {
    private static final Path ROOT = SourceTree.root();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** No part of the program. */
    private static final Set<String> BESIDE_IT = Set.of("benchmarks", "examples/embedding");

    @Test
    void a_change_in_any_module_is_seen() throws Exception {
        List<String> modules = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !BESIDE_IT.contains(module))
                .toList();
        Set<String> watched = Pattern.compile("\"\\$root\"/(\\S+)/src/main")
                .matcher(Files.readString(ROOT.resolve("daveloper")))
                .results()
                .map(folder -> folder.group(1))
                .collect(Collectors.toSet());

        assertThat(modules)
                .hasSizeGreaterThan(8)
                .allMatch(module ->
                        watched.contains(module) || (module.startsWith("adapters-") && watched.contains("adapters-*")));
    }
}
