package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.bootstrap.release.Surface.Breakage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the last release gave and wanted, in files that a release replaces by its own; in between they stay as they are:
 * {@code mvn test -pl bootstrap -am -Dtest='Released*Test' -Ddaveloper.release}.
 */
final class Released {
    private static final String WRITE = "daveloper.release";
    private static final Path FOLDER = Path.of("src", "test", "resources", "released");

    private Released() {}

    /** Asserts that nothing breaks those who rely on the last release, but for what the changelog tells. */
    static void assertKept(String file, Surface now) {
        Path path = FOLDER.resolve(file);
        try {
            if (System.getProperty(WRITE) != null) {
                Files.createDirectories(FOLDER);
                Files.writeString(path, now.text());
            }
            Surface before = Surface.read(Files.readString(path));
            assertThat(untold(before.breakagesIn(now), Changelog.ofTheHouse()))
                    .as("breaks who relies on the last release, and no **Breaking** entry of the changelog names it")
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Breakage> untold(List<Breakage> breakages, Changelog changelog) {
        return breakages.stream()
                .filter(breakage -> !changelog.tellsBreakageOf(breakage.subject()))
                .toList();
    }
}
