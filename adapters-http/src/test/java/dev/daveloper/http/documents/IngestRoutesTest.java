package dev.daveloper.http.documents;

import static dev.daveloper.http.TestGateway.json;
import static dev.daveloper.http.TestGateway.pointers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngestRoutesTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateways.open(config -> config.withCorsOrigins(Set.of("https://app.example")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<String> ingest(TestGateway.Caller caller, Form form)
            throws IOException, InterruptedException {
        return gateway.send(form.on(caller.request("/documents/ingest")));
    }

    @Test
    void a_file_becomes_a_job_with_an_address() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        HttpResponse<String> response = ingest(caller, Form.of("notes.md", "text/markdown", "# One\n\nTwo\n"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode job = json(response);
        assertThat(job.get("jobId").textValue()).startsWith("job_");
        assertThat(job.get("documentId").textValue()).startsWith("doc_");
        assertThat(job.get("name").textValue()).isEqualTo("notes.md");
        assertThat(job.get("kind").textValue()).isEqualTo("markdown");
        assertThat(job.get("bytes").longValue()).isEqualTo(11);
        assertThat(job.get("scope").textValue()).isEqualTo("session");
        assertThat(job.get("state").textValue()).isEqualTo("queued");
        assertThat(job.get("progress").doubleValue()).isZero();
        assertThat(job.get("acceptedAt").textValue()).endsWith("Z");
        assertThat(job.get("at").textValue()).endsWith("Z");
        assertThat(job.get("duplicate").booleanValue()).isFalse();
        assertThat(job.has("stage")).isFalse();
        assertThat(job.has("document")).isFalse();
        assertThat(job.has("error")).isFalse();
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/documents/status/" + job.get("jobId").textValue());
        assertThat(caller.get(location).statusCode()).isEqualTo(200);

        HttpResponse<String> again =
                gateway.send(Form.of("other name.md", "# One\n\nTwo\n").on(caller.request("/v1/documents/ingest")));
        assertThat(json(again).get("duplicate").booleanValue()).isTrue();
        assertThat(json(again).get("jobId")).isEqualTo(job.get("jobId"));
        assertThat(again.headers().firstValue("Location")).hasValue("/v1" + location);
    }

    @Test
    void several_files_are_answered_in_their_order_each_with_its_own_outcome() throws Exception {
        Form form = new Form()
                .file("a.txt", "one")
                .field("comment", "not a file")
                .file("b.exe", "MZ")
                .file("folder\\c.txt", "three");
        HttpResponse<String> response = ingest(gateway.newCaller(), form);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).isEmpty();
        JsonNode items = json(response).get("items");
        assertThat(items).hasSize(3);
        assertThat(items.at("/0/name").textValue()).isEqualTo("a.txt");
        assertThat(items.at("/0/job/duplicate").booleanValue()).isFalse();
        assertThat(items.at("/1/name").textValue()).isEqualTo("b.exe");
        assertThat(items.at("/1/problem/code").textValue()).isEqualTo("document_type_not_allowed");
        assertThat(items.get(1).has("job")).isFalse();
        assertThat(items.at("/2/name").textValue()).isEqualTo("c.txt");
        assertThat(items.get(2).has("problem")).isFalse();
        assertThat(json(response).has("rest")).isFalse();
    }

    @Test
    void files_of_which_none_is_taken_are_the_first_ones_problem_with_all_of_them_in_it() throws Exception {
        HttpResponse<String> response =
                ingest(gateway.newCaller(), new Form().file("b.exe", "MZ").file("empty.txt", ""));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("code").textValue()).isEqualTo("document_type_not_allowed");
        assertThat(problem.get("instance").textValue()).isEqualTo("/documents/ingest");
        assertThat(problem.at("/items/0/problem/code").textValue()).isEqualTo("document_type_not_allowed");
        assertThat(problem.at("/items/1/problem/code").textValue()).isEqualTo("document_empty");
    }

    @Test
    void a_single_file_that_is_refused_is_a_plain_problem() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        HttpResponse<String> disguised = ingest(caller, Form.of("report.pdf", "MZ this is none"));
        assertThat(disguised.statusCode()).isEqualTo(415);
        assertThat(json(disguised).get("code").textValue()).isEqualTo("document_type_mismatch");
        assertThat(json(disguised).has("items")).isFalse();

        HttpResponse<String> empty = ingest(caller, Form.of("empty.txt", ""));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(json(empty).get("code").textValue()).isEqualTo("document_empty");

        HttpResponse<String> declared = ingest(caller, Form.of("report.txt", "image/png", "text"));
        assertThat(json(declared).get("code").textValue()).isEqualTo("document_type_mismatch");
    }

    @Test
    void a_document_service_that_is_away_is_told_with_a_time_to_come_back() throws Exception {
        try (TestGateway away = Gateways.open(
                config -> config,
                ports -> Gateways.with(ports, "ingest", (real, args) -> {
                    throw new DocumentsUnavailable();
                }))) {
            HttpResponse<String> response =
                    away.send(Form.of("a.txt", "one").on(away.newCaller().request("/documents/ingest")));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(json(response).get("code").textValue()).isEqualTo("documents_unavailable");
        }
    }

    @Test
    void whoever_has_no_session_is_given_one_and_whoever_names_a_wrong_one_is_not() throws Exception {
        HttpResponse<String> opened = gateway.send(Form.of("a.txt", "mine").on(gateway.request("/documents/ingest")));
        assertThat(opened.statusCode()).isEqualTo(202);
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        String location = opened.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> job =
                gateway.send(gateway.request(location).header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        assertThat(job.statusCode()).isEqualTo(200);

        HttpResponse<String> wrong = gateway.send(Form.of("a.txt", "x")
                .on(gateway.request("/documents/ingest").header("Authorization", "Bearer nobody")));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(json(wrong).get("code").textValue()).isEqualTo("session_required");
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_body_of_another_type_is_refused_and_other_routes_take_no_forms() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        for (String type : List.of(
                "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x")) {
            HttpResponse<String> response = gateway.send(caller.request("/documents/ingest")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{}")));
            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(json(response).get("code").textValue()).isEqualTo("unsupported_media_type");
            assertThat(response.headers().firstValue("Accept")).hasValue("multipart/form-data");
        }
        HttpResponse<String> nothing =
                gateway.send(caller.request("/documents/ingest").POST(BodyPublishers.noBody()));
        assertThat(nothing.statusCode()).isEqualTo(415);
        for (String path : List.of("/agent/chat", "/sessions", "/documents/ingest/more", "/documents/ingested")) {
            HttpRequest.Builder form = Form.of("a.txt", "x").on(caller.request(path));
            assertThat(gateway.send(form).statusCode()).isEqualTo(415);
        }
    }

    @Test
    void a_form_without_a_file_is_an_invalid_request() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        for (Form form : List.of(
                new Form(), new Form().field("a", "b"), Form.of("", ""), new Form().part("X-Nothing: 1\r\n", "x"))) {
            HttpResponse<String> response = ingest(caller, form);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).get("code").textValue()).isEqualTo("invalid_request");
            assertThat(pointers(response)).containsExactly("#/file");
        }
    }

    @Test
    void a_foreign_pages_form_is_refused_before_a_byte_of_it_is_read() throws Exception {
        for (String foreign : List.of("Origin: https://evil.example", "Sec-Fetch-Site: cross-site", "Origin: null")) {
            try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
                connection.say("POST /documents/ingest HTTP/1.1\r\nHost: x\r\n" + foreign + "\r\nContent-Type: "
                        + Form.TYPE + "\r\nContent-Length: 1000000\r\n\r\n");
                assertThat(connection.readAll()).startsWith("HTTP/1.1 403").contains("cross_site_refused");
            }
        }
    }

    @Test
    void an_allowed_page_may_send_files_and_read_the_answer() throws Exception {
        HttpResponse<String> preflight = gateway.send(gateway.request("/documents/ingest")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, POST, PUT, PATCH, DELETE");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization", "Content-Type", "Last-Event-ID");

        HttpResponse<String> sent = gateway.send(Form.of("a.txt", "from afar")
                .on(gateway.newCaller().request("/documents/ingest").header("Origin", "https://app.example")));
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
        assertThat(sent.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Location");
    }

    @Test
    void an_administrator_brings_documents_for_everybody() throws Exception {
        HttpResponse<String> sent = gateway.send(Form.of("everybody.txt", "for all of us")
                .on(gateway.request("/documents/ingest").header("Authorization", "Bearer " + Gateways.ADMIN_KEY)));
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(json(sent).get("scope").textValue()).isEqualTo("shared");
        assertThat(sent.headers().firstValue("Set-Cookie")).isEmpty();
    }
}
