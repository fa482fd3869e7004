package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.bootstrap.e2e.Receivers.Receiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program tells receivers of what happens. */
class WebhooksTest {
    @TempDir
    private Path directory;

    private RunningProgram program(String... more) {
        List<String> options = new ArrayList<>(Receivers.OPTIONS);
        options.add("--agent.pace=0s");
        options.addAll(List.of(more));
        return RunningProgram.gateway(directory, options.toArray(String[]::new));
    }

    @Test
    void a_conversation_from_its_beginning_to_its_end_is_told_and_verifies() throws Exception {
        try (Receivers receivers = Receivers.start();
                RunningProgram program = program()) {
            Receiver receiver = receivers.at(program.base());
            Visitor visitor = Visitor.at(program.base());
            assertThat(visitor.ask("What can you do?").statusCode()).isEqualTo(200);
            assertThat(visitor.send("DELETE", "/sessions/current", "", Map.of()).statusCode())
                    .isEqualTo(204);

            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(types(receiver))
                            .contains("session.opened", "chat.run.completed", "session.ended"));
            JsonNode run = receiver.received.values().stream()
                    .filter(body -> body.path("type").asText().equals("chat.run.completed"))
                    .findFirst()
                    .orElseThrow();
            assertThat(run.at("/data/sessionId").asText()).isEqualTo(visitor.sessionId());
            assertThat(run.at("/data/chars").asInt()).isPositive();
            assertThat(run.at("/data/text").isMissingNode()).isTrue();
            assertThat(receiver.unverified).isEmpty();
        }
    }

    @Test
    void a_document_is_told_of_when_it_can_be_quoted_and_when_it_is_gone() throws Exception {
        try (Receivers receivers = Receivers.start();
                RunningProgram program = program()) {
            Receiver receiver = receivers.at(program.base());
            Visitor visitor = Visitor.at(program.base());
            visitor.upload("notes.txt", "The tower is 42 metres high.");
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(types(receiver)).contains("document.ingested"));
            String document = receiver.received.values().stream()
                    .map(body -> body.at("/data/documentId").asText())
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(visitor.send("DELETE", "/documents/" + document, "", Map.of())
                            .statusCode())
                    .isEqualTo(204);
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(types(receiver)).contains("document.deleted"));
            assertThat(receiver.unverified).isEmpty();
        }
    }

    @Test
    void a_secret_that_is_replaced_signs_beside_the_new_one_and_a_test_arrives() throws Exception {
        try (Receivers receivers = Receivers.start();
                RunningProgram program = program()) {
            Receiver receiver = receivers.at(program.base());
            String path = "/webhooks/" + receiver.id();
            JsonNode rotated = Receivers.ask(program.base(), "POST", path + "/rotate-secret", "{}", 200);
            assertThat(rotated.path("secret").asText()).startsWith("whsec_");
            Receivers.ask(program.base(), "POST", path + "/test", "", 202);

            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(types(receiver)).contains("webhook.test"));
            assertThat(receiver.unverified).isEmpty();
        }
    }

    @Test
    void what_was_refused_is_sent_again_when_the_receiver_has_recovered_also_after_a_restart() throws Exception {
        try (Receivers receivers = Receivers.start()) {
            Receiver receiver;
            String session;
            try (RunningProgram first = program("--webhooks.retries=1s,1h")) {
                Receiver told = receivers.at(first.base());
                receiver = told;
                told.does(Receivers.Behaviour.status(500));
                session = Visitor.at(first.base()).sessionId();
                await().atMost(RunningProgram.PATIENCE)
                        .until(() -> sessionOpened(first, told).path("attempts").asInt() == 2);
            }
            receiver.received.clear();
            receiver.does(Receivers.Behaviour.OK);
            try (RunningProgram second = program("--webhooks.retries=1s,1h")) {
                JsonNode waiting = sessionOpened(second, receiver);
                assertThat(waiting.path("state").asText()).isEqualTo("waiting");
                assertThat(waiting.path("attempts").asInt()).isEqualTo(2);
                Receivers.ask(
                        second.base(),
                        "POST",
                        "/webhooks/deliveries/" + waiting.path("id").asText() + "/redeliver",
                        "",
                        202);
                await().atMost(RunningProgram.PATIENCE)
                        .untilAsserted(() -> assertThat(receiver.sessionsOf("session.opened"))
                                .containsExactly(session));
                assertThat(receiver.unverified).isEmpty();
            }
        }
    }

    /** Other things may have happened since, such as a change of health. */
    private static JsonNode sessionOpened(RunningProgram program, Receiver receiver) throws Exception {
        JsonNode listed = Receivers.ask(program.base(), "GET", "/webhooks/" + receiver.id() + "/deliveries", "", 200);
        for (JsonNode delivery : listed.path("items")) {
            if (delivery.path("eventType").asText().equals("session.opened")) {
                return delivery;
            }
        }
        throw new AssertionError(listed.toString());
    }

    private static Set<String> types(Receiver receiver) {
        Set<String> types = new TreeSet<>();
        receiver.received.values().forEach(body -> types.add(body.path("type").asText()));
        return types;
    }
}
