package dev.daveloper.bootstrap.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.http.testkit.ApiContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Somebody with a session, who asks and reads. */
final class Visitor {
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration STORE_IS_THERE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String BOUNDARY = "a-boundary-that-no-text-has";

    private final URI base;
    private final String token;
    private final String sessionId;

    private Visitor(URI base, String token, String sessionId) {
        this.base = base;
        this.token = token;
        this.sessionId = sessionId;
    }

    /** With a new session; waits for a gateway whose store is not there yet, as it may be on a slow machine. */
    static Visitor at(URI base) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STORE_IS_THERE.toNanos();
        HttpResponse<String> opened = open(base);
        while (opened.statusCode() == 503 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            opened = open(base);
        }
        if (opened.statusCode() != 201) {
            throw new AssertionError("no session: " + opened.statusCode() + " " + opened.body());
        }
        JsonNode session = JSON.readTree(opened.body());
        return new Visitor(
                base, session.path("token").asText(), session.path("sessionId").asText());
    }

    private static HttpResponse<String> open(URI base) throws IOException, InterruptedException {
        return exchange(HttpRequest.newBuilder(base.resolve("/sessions"))
                .POST(BodyPublishers.noBody())
                .build());
    }

    /** The same visitor, with the same session, at the address the program has now. */
    Visitor movedTo(URI newBase) {
        return new Visitor(newBase, token, sessionId);
    }

    URI base() {
        return base;
    }

    String token() {
        return token;
    }

    HttpResponse<String> ask(String message) throws IOException, InterruptedException {
        return exchange(question(message).build());
    }

    /** Asks, and watches the answer being made. */
    EventStream watch(String message) throws IOException, InterruptedException {
        HttpRequest request =
                question(message).header("Accept", "text/event-stream").build();
        return stream(HTTP.send(request, BodyHandlers.ofInputStream()));
    }

    /** Watches a run from behind this cursor. */
    EventStream resume(String runId, String cursor) throws IOException, InterruptedException {
        HttpRequest request = request("/agent/runs/" + runId + "/events")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", cursor)
                .build();
        return stream(HTTP.send(request, BodyHandlers.ofInputStream()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(exchange(request(path).build()).body());
    }

    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return exchange(request.build());
    }

    /** Sends a text file as a browser's form does. */
    HttpResponse<String> upload(String name, String text) throws IOException, InterruptedException {
        return upload(token, name, text);
    }

    /** As {@link #upload(String, String)}, for whom this Bearer token speaks. */
    HttpResponse<String> upload(String bearer, String name, String text) throws IOException, InterruptedException {
        String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/documents/ingest"))
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body))
                .build();
        return exchange(request);
    }

    String sessionId() {
        return sessionId;
    }

    /** Asks without waiting for the answer. */
    HttpResponse<String> start(String message, String key) throws IOException, InterruptedException {
        String body = JSON.createObjectNode().put("message", message).toString();
        return send(
                "POST",
                "/agent/chat",
                body,
                Map.of("Content-Type", "application/json", "Prefer", "respond-async", "Idempotency-Key", key));
    }

    /** The messages of the conversation, oldest first. */
    List<JsonNode> history() throws IOException, InterruptedException {
        return get(historyPath()).path("items").valueStream().toList();
    }

    String historyPath() {
        return "/agent/chat/history/" + sessionId;
    }

    private HttpRequest.Builder question(String message) {
        String body = JSON.createObjectNode().put("message", message).toString();
        return request("/agent/chat").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
    }

    /** Sends it, and sees to it that what goes to and fro is as the API's document has it. */
    private static HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        ApiContract.check(response);
        return response;
    }

    private static EventStream stream(HttpResponse<InputStream> response) throws IOException {
        ApiContract.checkHead(response);
        if (response.statusCode() != 200) {
            throw new AssertionError("no stream: " + response.statusCode() + " "
                    + new String(response.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return new EventStream(response.body());
    }
}
