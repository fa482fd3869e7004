package dev.daveloper.bootstrap.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was packaged: the list of its parts is whole, and everything in it may be shipped. */
class ShippedIT {
    /** Writes the list anew: {@code mvn verify -pl bootstrap -am -Dit.test=ShippedIT -Ddaveloper.update-docs}. */
    private static final String UPDATE = "daveloper.update-docs";

    private static Path target;
    private static JsonNode sbom;
    private static List<Library> libraries;

    @BeforeAll
    static void read() throws IOException, URISyntaxException {
        target = Path.of(ShippedIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
        sbom = new ObjectMapper().readTree(target.resolve("daveloper.cdx.json").toFile());
        libraries = sbom.path("components")
                .valueStream()
                .map(Library::of)
                .sorted(Comparator.comparing(Library::name))
                .toList();
    }

    @Test
    void the_list_of_parts_names_every_jar_beside_the_program_and_no_other() throws IOException {
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            assertThat(libraries)
                    .extracting(Library::jar)
                    .contains("javalin-" + versionOf("io.javalin:javalin") + ".jar")
                    .containsExactlyInAnyOrderElementsOf(
                            jars.map(jar -> jar.getFileName().toString()).toList());
        }
        assertThat(libraries)
                .extracting(Library::name)
                .contains(
                        "org.eclipse.jetty:jetty-server",
                        "com.fasterxml.jackson.core:jackson-databind",
                        "io.grpc:grpc-netty",
                        "org.xerial:sqlite-jdbc",
                        "ch.qos.logback:logback-classic");
    }

    @Test
    void the_list_of_parts_is_the_same_at_every_build() {
        assertThat(sbom.path("specVersion").asText()).isNotBlank();
        assertThat(sbom.path("metadata").has("timestamp")).isFalse();
        assertThat(sbom.toString())
                .doesNotContain(target.toString())
                .doesNotContain(System.getProperty("user.home") + "/");
    }

    @Test
    void every_library_has_a_licence_that_is_allowed() throws IOException {
        LicenceRule rule = LicenceRule.read(moduleFolder().resolve("licences.yaml"));

        assertThat(rule.violationsIn(foreign())).isEmpty();
    }

    /** The list for people is kept, because a distribution has to bring it before this test could have written it. */
    @Test
    void the_list_for_people_is_the_list_of_parts() throws IOException {
        List<String> lines = foreign().stream()
                .map(library ->
                        library.name() + " " + library.version() + ": " + String.join(" or ", library.licences()))
                .toList();
        Path page = moduleFolder().resolve("THIRD-PARTY.txt");
        if (System.getProperty(UPDATE) != null) {
            Files.write(page, lines);
        }

        assertThat(Files.readAllLines(page)).as("written by -D" + UPDATE).isEqualTo(lines);
    }

    private static List<Library> foreign() {
        return libraries.stream().filter(library -> !library.isOurs()).toList();
    }

    private static String versionOf(String name) {
        return libraries.stream()
                .filter(library -> library.name().equals(name))
                .map(Library::version)
                .findFirst()
                .orElseThrow();
    }

    private static Path moduleFolder() {
        return Path.of("").toAbsolutePath();
    }
}
