package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daveloper webhooks listen --gateway}: it sets itself up at a running gateway, and leaves nothing behind. */
class ListenAtGatewayTest {
    @TempDir
    private static Path directory;

    private static RunningProgram gateway;

    @BeforeAll
    static void a_gateway_runs() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("gateway"));
        gateway = RunningProgram.gateway(folder, Receivers.OPTIONS.toArray(String[]::new));
    }

    @AfterAll
    static void it_is_stopped() {
        gateway.close();
    }

    @AfterEach
    void no_endpoint_is_left() throws Exception {
        for (JsonNode endpoint : endpoints()) {
            Receivers.ask(gateway.base(), "DELETE", pathOf(endpoint), "", 204);
        }
    }

    @Test
    void what_comes_is_genuine_and_the_endpoint_goes_when_it_is_stopped() throws Exception {
        try (RunningProgram listener = listen(gateway.base(), "--port=0", "--events=session.opened, session.ended")) {
            String url = listener.awaitListening();
            assertThat(endpoints()).singleElement().satisfies(endpoint -> {
                assertThat(endpoint.path("url").asText()).isEqualTo(url);
                assertThat(endpoint.path("description").asText())
                        .isEqualTo("webhooks listen on port " + URI.create(url).getPort());
                assertThat(endpoint.path("eventTypes"))
                        .extracting(JsonNode::asText)
                        .containsExactly("session.ended", "session.opened");
            });
            String session = Visitor.at(gateway.base()).sessionId();
            await().atMost(RunningProgram.PATIENCE).until(() -> listener.out().contains(session));
            assertThat(listener.out())
                    .contains("tells of session.ended, session.opened; it is deleted when this ends.")
                    .contains("genuine")
                    .doesNotContain("NOT GENUINE", "whsec_", Receivers.ADMIN);

            listener.terminate();
            assertThat(listener.awaitExit()).isZero();
            assertThat(listener.log()).isEmpty();
            assertThat(endpoints()).isEmpty();
        }
    }

    @Test
    void what_a_killed_one_has_left_is_replaced_and_nothing_else_is() throws Exception {
        String url;
        try (RunningProgram killed = listen(gateway.base(), "--port=0")) {
            url = killed.awaitListening();
            killed.kill();
        }
        JsonNode left = endpoints().getFirst();
        JsonNode others = Receivers.create(gateway.base(), url, Receivers.newSecret());
        try (RunningProgram next =
                listen(gateway.base(), "--port=" + URI.create(url).getPort())) {
            next.awaitListening();
            assertThat(endpoints())
                    .hasSize(2)
                    .extracting(endpoint -> endpoint.path("id").asText())
                    .contains(others.path("id").asText())
                    .doesNotContain(left.path("id").asText());
        }
    }

    @Test
    void an_endpoint_that_somebody_else_has_deleted_is_no_failure() throws Exception {
        try (RunningProgram listener = listen(gateway.base(), "--port=0")) {
            listener.awaitListening();
            Receivers.ask(gateway.base(), "DELETE", pathOf(endpoints().getFirst()), "", 204);
            listener.terminate();
            assertThat(listener.awaitExit()).isZero();
        }
    }

    @Test
    void a_gateway_that_does_not_send_to_its_own_machine_is_told_how_to() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("strict"));
        try (RunningProgram strict = RunningProgram.gateway(folder, "--admin.keys=" + Receivers.ADMIN);
                RunningProgram listener = listen(strict.base(), "--port=0")) {
            assertThat(listener.awaitExit()).isEqualTo(1);
            assertThat(listener.log())
                    .startsWith("The gateway refuses (400): url must be a URL that begins with https:, not"
                            + " 'http://127.0.0.1:")
                    .endsWith(" Start the gateway with --webhooks.allow-insecure=true"
                            + " --webhooks.allowed-networks=127.0.0.0/8 --webhooks.ports= for that."
                            + System.lineSeparator());
        }
    }

    @Test
    void a_key_that_is_not_taken_is_told_and_not_shown() throws Exception {
        Map<String, String> wrong = Map.of("DAVELOPER_ADMIN_KEY", "sesame for another door");
        try (RunningProgram listener = RunningProgram.start(
                directory, List.of(), wrong, "webhooks", "listen", "--port=0", "--gateway=" + gateway.base())) {
            assertThat(listener.awaitExit()).isEqualTo(1);
            assertThat(listener.log())
                    .startsWith("The gateway does not take the admin key (403): ")
                    .doesNotContain("sesame");
        }
    }

    private static RunningProgram listen(URI at, String... options) {
        List<String> all = new ArrayList<>(List.of("webhooks", "listen", "--gateway=" + at));
        all.addAll(List.of(options));
        return RunningProgram.start(
                directory, List.of(), Map.of("DAVELOPER_ADMIN_KEY", Receivers.ADMIN), all.toArray(String[]::new));
    }

    private static List<JsonNode> endpoints() throws Exception {
        return Receivers.ask(gateway.base(), "GET", "/webhooks", "", 200)
                .path("items")
                .valueStream()
                .toList();
    }

    private static String pathOf(JsonNode endpoint) {
        return "/webhooks/" + endpoint.path("id").asText();
    }
}
