package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of a running gateway, as an operator saves, restores and warms it from a terminal. */
class CacheCommandTest {
    private static final String KEY = "a key for the administrator";

    @TempDir
    private static Path directory;

    private static RunningProgram gateway;

    @BeforeAll
    static void a_gateway_runs() throws Exception {
        Files.writeString(directory.resolve("key"), KEY + "\n");
        Files.writeString(directory.resolve("wrong"), "not " + KEY + "\n");
        gateway = RunningProgram.gateway(directory, "--data.dir=", "--admin.keys=" + KEY);
    }

    @AfterAll
    static void it_is_stopped() {
        gateway.close();
    }

    @Test
    void what_was_saved_and_restored_is_a_hit() throws Exception {
        forgetAll();
        assertThat(statusOfTools()).contains("stored");

        assertThat(cache(0, "backup", "saved")).matches("Backed up [1-9]\\d* entr.*, to saved in .* s\\.\\R");
        assertThat(cache(1, "backup", "saved"))
                .isEqualToIgnoringNewLines("saved is there already; --force overwrites it.");
        assertThat(cache(0, "backup", "saved", "--force")).startsWith("Backed up ");
        forgetAll();
        assertThat(cache(0, "restore", "saved")).matches("Restored [1-9]\\d* entr.* from saved in .*\\R");

        assertThat(statusOfTools()).startsWith("daveloper; hit");
        assertThat(directory.resolve("saved.part")).doesNotExist();
    }

    @Test
    void a_file_of_which_one_byte_is_another_is_refused() throws Exception {
        statusOfTools();
        cache(0, "backup", "altered");
        byte[] bytes = Files.readAllBytes(directory.resolve("altered"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.resolve("altered"), bytes);
        forgetAll();

        assertThat(cache(1, "restore", "altered")).contains("altered is not whole");
        assertThat(statusOfTools()).doesNotContain("hit");
    }

    @Test
    void a_wrong_key_is_refused_and_nothing_is_left_behind() throws Exception {
        cache(0, "backup", "much");

        assertThat(run(1, "cache", "backup", "none", "--admin-key-file=wrong", "--url=" + gateway.base()))
                .startsWith("The gateway does not take the admin key (403): ")
                .doesNotContain(KEY);
        assertThat(run(1, "cache", "restore", "much", "--admin-key-file=wrong", "--url=" + gateway.base()))
                .startsWith("The gateway does not take the admin key (403): ");
        assertThat(run(2, "cache", "backup", "none")).contains("No admin key is given");
        assertThat(directory.resolve("none")).doesNotExist();
        assertThat(directory.resolve("none.part")).doesNotExist();
    }

    @Test
    void what_can_be_made_ahead_is_warmed() throws Exception {
        forgetAll();

        assertThat(cache(0, "warm")).matches("Warmed in .*: [1-9] made, 0 fresh already, 0 failed\\.\\R");
        assertThat(statusOfTools()).startsWith("daveloper; hit");
        assertThat(cache(0, "warm", "tools")).contains("0 made, 1 fresh already");
        assertThat(cache(1, "warm", "nonsense"))
                .startsWith("The gateway refuses (400): ")
                .contains("tools");
    }

    private static String statusOfTools() throws Exception {
        HttpResponse<String> tools = Visitor.at(gateway.base()).send("GET", "/agent/tools", "", Map.of());
        assertThat(tools.statusCode()).isEqualTo(200);
        return tools.headers().firstValue("Cache-Status").orElse("");
    }

    private static void forgetAll() throws Exception {
        HttpRequest forget = HttpRequest.newBuilder(gateway.base().resolve("/cache"))
                .header("Authorization", "Bearer " + KEY)
                .DELETE()
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(forget, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    /** What it says on standard error. */
    private static String cache(int expectedCode, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("cache"));
        all.addAll(List.of(args));
        all.add("--admin-key-file=key");
        all.add("--url=" + gateway.base());
        return run(expectedCode, all.toArray(String[]::new));
    }

    private static String run(int expectedCode, String... args) throws Exception {
        try (RunningProgram command = RunningProgram.start(directory, args)) {
            int code = command.awaitExit();
            assertThat(command.out()).isEmpty();
            assertThat(code).as(command.log()).isEqualTo(expectedCode);
            return command.log();
        }
    }
}
