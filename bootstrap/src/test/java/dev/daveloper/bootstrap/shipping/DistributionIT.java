package dev.daveloper.bootstrap.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.bootstrap.shipping.Distribution.Said;
import dev.daveloper.bootstrap.shipping.Distribution.Serving;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that was packaged, unpacked and used as README.md in it says. */
class DistributionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** That of a start that served nobody has less than one. */
    private static final long LEAST_ARCHIVE_BYTES = 8 * 1024 * 1024;

    @TempDir
    private static Path folder;

    private static Path archive;
    private static String version;
    private static Distribution unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        Path target = Path.of(DistributionIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
        version = JSON.readTree(target.resolve("daveloper.cdx.json").toFile())
                .at("/metadata/component/version")
                .asText();
        archive = target.resolve("daveloper-" + version + ".tar.gz");
        unpacked = Distribution.unpack(archive, folder);
    }

    @Test
    void the_checksum_beside_it_is_its_own() throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));

        assertThat(Path.of(archive + ".sha256")).hasContent(sum + "  " + archive.getFileName());
    }

    @Test
    void all_that_belongs_to_it_is_there() throws IOException {
        assertThat(Stream.of("bin/daveloper", "bin/daveloper-prepare", "bin/daveloper-health"))
                .allSatisfy(program -> assertThat(unpacked.file(program)).isExecutable());
        assertThat(unpacked.file("LICENSE")).content().contains("Apache License");
        assertThat(unpacked.file("README.md")).content().startsWith("# Daveloper " + version + "\n");
        assertThat(unpacked.file("THIRD-PARTY.txt")).content().contains("io.javalin:javalin ");
        assertThat(JSON.readTree(unpacked.file("daveloper.cdx.json").toFile()).path("components"))
                .isNotEmpty();
    }

    @Test
    void every_line_of_the_configuration_is_the_default_that_the_program_knows() throws Exception {
        Path file = folder.resolve("all.yaml");
        String conf = Files.readString(unpacked.file("conf/daveloper.yaml"));
        Files.writeString(file, conf.replaceAll("(?m)^#(?=\\w)", ""));

        Said plain = unpacked.run("bin/daveloper", "config");
        Said uncommented = unpacked.run("bin/daveloper", "config", "--config=" + file);

        assertThat(plain.exitCode()).as(plain.out()).isZero();
        assertThat(uncommented.exitCode()).as(uncommented.out()).isZero();
        assertThat(uncommented.out()).contains("http.port: 8080  # " + file + " line ");
        assertThat(values(uncommented)).isEqualTo(values(plain));
    }

    private static String values(Said config) {
        return config.out().replaceAll("(?m)  # .*$", "");
    }

    @Test
    void it_serves_tells_its_version_answers_and_stops_when_asked_to() throws Exception {
        assertThat(unpacked.run("bin/daveloper", "--version").out()).isEqualTo("daveloper " + version + "\n");

        try (Serving gateway =
                unpacked.serve("--http.port=0", "--management.port=0", "--data.dir=mine", "--agent.pace=0s")) {
            JsonNode health = ask(gateway.base().resolve("/health"), null);
            assertThat(health.path("status").asText()).isEqualTo("pass");
            assertThat(health.path("version").asText()).isEqualTo(version);

            JsonNode answer = ask(gateway.base().resolve("/agent/chat"), "{\"message\":\"What happens on SIGTERM?\"}");
            assertThat(answer.at("/message/text").asText()).isNotBlank();

            URI base = gateway.base();
            assertThat(unpacked.run("bin/daveloper-health", "" + base.getPort()).exitCode())
                    .isZero();
            assertThat(gateway.stop()).isZero();
            assertThat(unpacked.run("bin/daveloper-health", "" + base.getPort()).exitCode())
                    .isEqualTo(1);
        }
        assertThat(folder.resolve("mine/daveloper.db")).isNotEmptyFile();
        assertThat(largestIn(unpacked.file("archives"))).isGreaterThan(LEAST_ARCHIVE_BYTES);
    }

    private static JsonNode ask(URI where, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(where).timeout(Distribution.PATIENCE).header("Content-Type", "application/json");
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(
                    client.send(request.build(), BodyHandlers.ofString()).body());
        }
    }

    private static long largestIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElseThrow();
        }
    }
}
