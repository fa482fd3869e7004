package dev.daveloper.http.documents;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.TestGateway.pointers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentRoutesTest {
    private static TestGateway gateway;
    private static String shared;

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateways.open();
        shared = ingested(admin("/documents/ingest"), "handbook.md", "For everybody");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpRequest.Builder admin(String path) {
        return gateway.request(path).header("Authorization", "Bearer " + Gateways.ADMIN_KEY);
    }

    private static String ingested(TestGateway.Caller caller, String name, String content) throws Exception {
        return ingested(caller.request("/documents/ingest"), name, content);
    }

    /** Brings a document and waits until it can be found. */
    private static String ingested(HttpRequest.Builder request, String name, String content) throws Exception {
        HttpResponse<String> response = gateway.send(Form.of(name, content).on(request));
        String id = json(response).get("documentId").textValue();
        await().until(() -> gateway.documents()
                .find(new dev.daveloper.domain.documents.DocumentId(id))
                .isPresent());
        return id;
    }

    private static List<String> names(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        json(response).get("items").forEach(item -> names.add(item.get("name").textValue()));
        return names;
    }

    @Test
    void a_document_is_told_with_all_that_is_known_of_it() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        String id = ingested(caller, "two.txt", "One.\n\nTwo.");
        HttpResponse<String> response = caller.get("/v1/documents/" + id);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode document = json(response);
        assertThat(document.get("id").textValue()).isEqualTo(id);
        assertThat(document.get("jobId").textValue()).startsWith("job_");
        assertThat(document.get("name").textValue()).isEqualTo("two.txt");
        assertThat(document.get("kind").textValue()).isEqualTo("text");
        assertThat(document.get("mediaType").textValue()).isEqualTo("text/plain");
        assertThat(document.get("bytes").longValue()).isEqualTo(10);
        assertThat(document.get("sha256").textValue()).matches("[0-9a-f]{64}");
        assertThat(document.get("scope").textValue()).isEqualTo("session");
        assertThat(document.get("passages").intValue()).isEqualTo(2);
        assertThat(document.get("ingestedAt").textValue()).endsWith("Z");
        assertThat(document.has("pages")).isFalse();
    }

    @Test
    void a_list_is_newest_first_and_goes_on_at_its_cursor() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        for (String name : List.of("a.txt", "b.md", "c.txt")) {
            ingested(caller, name, "text of " + name);
        }
        assertThat(names(caller.get("/documents"))).containsExactly("c.txt", "b.md", "a.txt", "handbook.md");
        HttpResponse<String> page = caller.get("/documents?limit=3");
        assertThat(names(page)).containsExactly("c.txt", "b.md", "a.txt");
        String cursor = json(page).get("nextCursor").textValue();
        HttpResponse<String> last = caller.get("/documents?limit=3&cursor=" + cursor);
        assertThat(names(last)).containsExactly("handbook.md");
        assertThat(json(last).get("nextCursor").isNull()).isTrue();
    }

    @Test
    void a_list_is_narrowed_down() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        ingested(caller, "Report 2024.txt", "one");
        ingested(caller, "notes.md", "two");
        assertThat(names(caller.get("/documents?scope=session"))).containsExactly("notes.md", "Report 2024.txt");
        assertThat(names(caller.get("/documents?scope=shared"))).containsExactly("handbook.md");
        assertThat(names(caller.get("/documents?name=rePORT"))).containsExactly("Report 2024.txt");
        assertThat(names(caller.get("/documents?kind=markdown&scope=session"))).containsExactly("notes.md");
        assertThat(names(caller.get("/documents?kind=pdf"))).isEmpty();
        assertThat(names(caller.get("/documents?name=&kind=&scope="))).hasSize(3);
        assertThat(names(gateway.send(admin("/documents")))).containsExactly("handbook.md");
        assertThat(names(gateway.send(admin("/documents?scope=session")))).isEmpty();
    }

    @Test
    void filters_that_are_none_are_named_all_at_once() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        HttpResponse<String> response = caller.get("/documents?limit=0&scope=mine&kind=exe&name=" + "n".repeat(201));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("code").textValue()).isEqualTo("invalid_request");
        assertThat(pointers(response)).containsExactlyInAnyOrder("#/limit", "#/scope", "#/kind", "#/name");
        assertThat(pointers(caller.get("/documents?limit=many"))).containsExactly("#/limit");
        assertThat(pointers(caller.get("/documents?cursor=nonsense"))).containsExactly("#/cursor");
        assertThat(names(caller.get("/documents?name=" + "n".repeat(200)))).isEmpty();
    }

    @Test
    void a_deleted_document_is_gone() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        String id = ingested(caller, "a.txt", "text");
        assertThat(caller.delete("/documents/" + id).statusCode()).isEqualTo(204);
        assertThat(caller.get("/documents/" + id).statusCode()).isEqualTo(404);
        assertThat(caller.delete("/documents/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_shared_is_seen_by_all_and_deleted_by_administrators_alone() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        assertThat(caller.get("/documents/" + shared).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = caller.delete("/documents/" + shared);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).get("code").textValue()).isEqualTo("forbidden");

        String other = ingested(admin("/documents/ingest"), "old.md", "Out of date");
        assertThat(gateway.send(admin("/documents/" + other).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(caller.get("/documents/" + other).statusCode()).isEqualTo(404);
    }

    @Test
    void what_belongs_to_another_session_is_as_if_it_were_not_there() throws Exception {
        TestGateway.Caller owner = gateway.newCaller();
        String id = ingested(owner, "mine.txt", "secret");
        JsonNode document = json(owner.get("/documents/" + id));
        String status = "/documents/status/" + document.get("jobId").textValue();
        TestGateway.Caller stranger = gateway.newCaller();
        for (HttpRequest.Builder asks : List.of(
                stranger.request("/documents/" + id),
                stranger.request("/documents/" + id).DELETE(),
                stranger.request(status),
                stranger.request(status + "/events"),
                stranger.request(status + "/events").header("Last-Event-ID", "completed"),
                stranger.post(status + "/cancel", ""),
                admin("/documents/" + id),
                admin("/documents/" + id).DELETE(),
                admin(status),
                stranger.request("/documents/doc_00000000000000000000000000"),
                stranger.request("/documents/..%2f..%2fetc"),
                stranger.request("/documents/status/job_nonsense"),
                stranger.request("/documents/status/job_nonsense/events"),
                stranger.post("/documents/status/job_nonsense/cancel", ""))) {
            HttpResponse<String> response = gateway.send(asks);
            assertThat(response.statusCode()).as(asks.build().toString()).isIn(404, 400);
            assertThat(response.body()).doesNotContain("mine.txt");
        }
        assertThat(names(stranger.get("/documents?scope=session"))).isEmpty();
        assertThat(json(stranger.get("/documents/status")).get("items")).isEmpty();
        assertThat(owner.get("/documents/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void without_a_session_there_is_nothing_to_see() throws Exception {
        for (String path : List.of(
                "/documents",
                "/documents/" + shared,
                "/documents/status",
                "/documents/status/job_00000000000000000000000000",
                "/documents/status/job_00000000000000000000000000/events",
                "/sessions/current/events")) {
            HttpResponse<String> response = gateway.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(json(response).get("code").textValue()).isEqualTo("session_required");
        }
        assertThat(gateway.send(gateway.request("/documents").header("Authorization", "Bearer " + "x".repeat(5_000)))
                        .statusCode())
                .isEqualTo(401);
        // An administrator has no conversation.
        assertThat(gateway.send(admin("/sessions/current")).statusCode()).isEqualTo(401);
    }

    @Test
    void a_document_service_that_fails_or_is_away_is_told_as_such() throws Exception {
        try (TestGateway away = Gateways.open(
                config -> config,
                ports -> Gateways.with(ports, "list", (real, arguments) -> {
                    throw new DocumentsUnavailable();
                }))) {
            HttpResponse<String> response = away.newCaller().get("/documents");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(json(response).get("code").textValue()).isEqualTo("documents_unavailable");
        }
        try (TestGateway failing = Gateways.open(
                config -> config,
                ports -> Gateways.with(ports, "list", (real, arguments) -> {
                    throw new DocumentsFailed(new IOException("secret host"));
                }))) {
            HttpResponse<String> response = failing.newCaller().get("/documents");
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).contains("documents_failed").doesNotContain("secret");
        }
    }
}
