package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People's own documents in the whole program, through its end and beyond. */
class OwnDocumentsTest {
    private static final String FACT = "The ferry to Skarholm leaves at a quarter past six.";
    private static final String QUESTION = "When does the ferry to Skarholm leave?";
    private static final String ADMIN = "a key for the administrator";

    @TempDir
    private Path directory;

    @Test
    void a_document_is_quoted_outlives_the_process_and_is_forgotten_when_deleted() throws Exception {
        Visitor visitor;
        String document;
        try (RunningProgram first = RunningProgram.gateway(directory, "--agent.pace=0s")) {
            visitor = Visitor.at(first.base());
            document = ingested(visitor, visitor.upload("timetable.md", "# Ferries\n\n" + FACT));
            assertCites(visitor, document);
            first.kill();
        }
        try (RunningProgram second = RunningProgram.gateway(directory, "--agent.pace=0s")) {
            Visitor again = visitor.movedTo(second.base());
            assertCites(again, document);
            assertThat(answerTo(Visitor.at(second.base())).path("citations"))
                    .noneMatch(citation -> citation.path("documentId").asText().equals(document));

            assertThat(again.send("DELETE", "/documents/" + document, "", Map.of())
                            .statusCode())
                    .isEqualTo(204);

            assertThat(answerTo(again).path("text").asText()).doesNotContain("quarter past six");
            assertThat(again.get("/documents").path("items")).isEmpty();
            assertThat(second.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void killed_while_ingesting_it_takes_every_document_up_again() throws Exception {
        int files = 12;
        Visitor visitor;
        try (RunningProgram first = RunningProgram.gateway(directory)) {
            visitor = Visitor.at(first.base());
            for (int i = 0; i < files; i++) {
                assertThat(visitor.upload("part-" + i + ".txt", ("Part " + i + ". " + FACT + "\n\n").repeat(2_000))
                                .statusCode())
                        .isEqualTo(202);
            }
            first.kill();
        }
        try (RunningProgram second = RunningProgram.gateway(directory)) {
            Visitor again = visitor.movedTo(second.base());
            await().atMost(RunningProgram.PATIENCE.multipliedBy(2))
                    .untilAsserted(() ->
                            assertThat(again.get("/documents").path("items")).hasSize(files));
            assertThat(again.get("/documents/status").path("items"))
                    .hasSize(files)
                    .allMatch(job -> job.path("state").asText().equals("completed"));
        }
    }

    @Test
    void a_document_service_of_its_own_may_go_and_come_back() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("service"));
        RunningProgram service = RunningProgram.start(elsewhere, "documents", "--port=0", "--log.format=text");
        URI address = URI.create("grpc://" + service.awaitListening());
        try (RunningProgram gateway = RunningProgram.gateway(
                directory, "--agent.pace=0s", "--documents.target=dns:///127.0.0.1:" + address.getPort())) {
            Visitor visitor = Visitor.at(gateway.base());
            awaitDocuments(visitor, "pass");
            String document = ingested(visitor, visitor.upload("timetable.txt", FACT));
            assertCites(visitor, document);

            service.kill();
            awaitDocuments(visitor, "fail");
            HttpResponse<String> refused = visitor.upload("second.txt", "Another text.");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("documents_unavailable");
            assertThat(answerTo(visitor).path("outcome").asText()).isEqualTo("completed");

            service = RunningProgram.start(elsewhere, "documents", "--port=" + address.getPort());
            service.awaitListening();
            awaitDocuments(visitor, "pass");
            assertThat(visitor.get("/documents").path("items")).hasSize(1);
            assertCites(visitor, document);
            ingested(visitor, visitor.upload("second.txt", "Another text."));
            assertThat(gateway.log()).doesNotContain("\tat ");
        } finally {
            service.close();
        }
    }

    @Test
    void what_an_administrator_shares_is_read_by_every_session_and_deleted_by_none() throws Exception {
        try (RunningProgram program = RunningProgram.gateway(directory, "--agent.pace=0s", "--admin.keys=" + ADMIN)) {
            Visitor visitor = Visitor.at(program.base());
            HttpResponse<String> sent = visitor.upload(ADMIN, "timetable.txt", FACT);
            assertThat(sent.statusCode()).isEqualTo(202);
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(visitor.get("/documents").path("items")).hasSize(1));
            String document =
                    visitor.get("/documents").path("items").path(0).path("id").asText();

            assertCites(visitor, document);
            assertThat(visitor.send("DELETE", "/documents/" + document, "", Map.of())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(visitor.upload("not the administrator's key", "x.txt", "x")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(visitor.send("DELETE", "/documents/" + document, "", Map.of("Authorization", "Bearer " + ADMIN))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(program.out() + program.log()).doesNotContain(ADMIN);
        }
    }

    private static String ingested(Visitor visitor, HttpResponse<String> upload) throws IOException {
        assertThat(upload.statusCode()).as(upload.body()).isEqualTo(202);
        JsonNode job = Visitor.JSON.readTree(upload.body());
        String path = "/documents/status/" + job.path("jobId").asText();
        await().atMost(RunningProgram.PATIENCE)
                .untilAsserted(() ->
                        assertThat(visitor.get(path).path("state").asText()).isEqualTo("completed"));
        return job.path("documentId").asText();
    }

    private static void awaitDocuments(Visitor visitor, String status) {
        await().atMost(RunningProgram.PATIENCE)
                .untilAsserted(() -> assertThat(
                                visitor.get("/health/documents").path("status").asText())
                        .isEqualTo(status));
    }

    private static void assertCites(Visitor visitor, String document) throws Exception {
        JsonNode answer = answerTo(visitor);
        assertThat(answer.path("text").asText()).contains("quarter past six");
        List<String> cited = answer.path("citations")
                .valueStream()
                .map(citation -> citation.path("documentId").asText())
                .toList();
        assertThat(cited).contains(document);
    }

    private static JsonNode answerTo(Visitor visitor) throws Exception {
        return Visitor.JSON.readTree(visitor.ask(QUESTION).body()).path("message");
    }
}
