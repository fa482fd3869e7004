package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who asks, watches and stops answers on whichever node he comes to, and does not give up: what does not work
 * now he tries again elsewhere, as the guide for clients says. For one thread.
 */
final class Guest {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What says: not now. */
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 429, 503);

    private static final Duration REQUEST = Duration.ofSeconds(4);
    private static final long PAUSE_NANOS = 150_000_000;
    private static final int MAX_VIEWERS = 3;
    private static final int MAX_QUESTIONS = 4;

    private final ManyNodes nodes;
    private final HttpClient http;
    private final Tally tally;
    private final Random random;
    private final ExecutorService threads;
    private final String name;
    private String token = "";
    private String session = "";

    Guest(ManyNodes nodes, HttpClient http, Tally tally, ExecutorService threads, long seed) {
        this.nodes = nodes;
        this.http = http;
        this.tally = tally;
        this.threads = threads;
        this.random = new Random(seed);
        this.name = "guest " + seed;
    }

    /** One conversation in a session of its own; what is amiss goes into the tally. */
    void converse(int number) throws Exception {
        JsonNode opened = Visitor.JSON.readTree(
                persistently("POST", "/sessions", "", "", 201).body());
        token = opened.path("token").asText();
        session = opened.path("sessionId").asText();
        for (int question = random.nextInt(MAX_QUESTIONS); question >= 0; question--) {
            String message = name + ", conversation " + number + ", question " + question;
            try {
                ask(message);
            } catch (AssertionError e) {
                tally.broke(message + ": " + e.getMessage());
            }
        }
    }

    private void ask(String message) throws Exception {
        String body = Visitor.JSON
                .createObjectNode()
                .put("message", message)
                .put("clientMessageId", message.replace(' ', '-'))
                .toString();
        String run = Visitor.JSON
                .readTree(persistently("POST", "/agent/chat", body, "respond-async", 202)
                        .body())
                .path("runId")
                .asText();
        List<Future<StubbornViewer>> viewers = new ArrayList<>();
        for (int i = random.nextInt(MAX_VIEWERS); i >= 0; i--) {
            StubbornViewer viewer = new StubbornViewer(nodes, http, token, run, tally, random.nextLong());
            viewers.add(threads.submit(viewer::watch));
        }
        boolean cancelled = random.nextInt(6) == 0;
        if (cancelled) {
            LockSupport.parkNanos(random.nextInt(600) * 1_000_000L);
            persistently("POST", "/agent/runs/" + run + "/cancel", "", "", 202);
        }
        List<StubbornViewer> seen = new ArrayList<>();
        for (Future<StubbornViewer> viewer : viewers) {
            seen.add(viewer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        check(message, run, seen, cancelled);
    }

    private void check(String message, String run, List<StubbornViewer> viewers, boolean cancelled) throws Exception {
        String whole = SteadyCounter.whole(message);
        Event ending = viewers.getFirst().ending();
        for (StubbornViewer viewer : viewers) {
            assertThat(viewer.ending().storedText()).as("one truth for all").isEqualTo(ending.storedText());
            assertThat(whole).as("the agent's text, gapless and once").startsWith(viewer.text());
            assertThat(viewer.text()).as("at most ahead of what is kept").startsWith(ending.storedText());
            tally.count("deltas", viewer.deltas());
        }
        switch (ending.outcome()) {
            case "completed" -> assertThat(ending.storedText()).isEqualTo(whole);
            case "cancelled" -> assertThat(cancelled).isTrue();
            case "interrupted" -> assertThat(whole).startsWith(ending.storedText());
            default -> throw new AssertionError("it ended as " + ending.json());
        }
        JsonNode items = Visitor.JSON
                .readTree(persistently("GET", "/agent/chat/history/" + session + "?limit=200", "", "", 200)
                        .body())
                .path("items");
        List<JsonNode> turn = items.valueStream()
                .filter(item -> item.path("runId").asText().equals(run))
                .toList();
        assertThat(turn)
                .as("what was accepted is in the history, with its answer")
                .hasSize(2);
        assertThat(turn.get(0).path("text").asText()).isEqualTo(message);
        assertThat(turn.get(1).path("text").asText()).isEqualTo(ending.storedText());
        tally.count("runs");
        tally.count("runs." + ending.outcome());
    }

    private HttpResponse<String> persistently(String method, String path, String body, String prefer, int wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < deadline) {
            try {
                HttpResponse<String> response =
                        http.send(request(nodes.any(random), method, path, body, prefer), BodyHandlers.ofString());
                if (response.statusCode() == wanted) {
                    return response;
                }
                last = response.statusCode() + " " + response.body();
                if (!TRY_AGAIN.contains(response.statusCode())) {
                    throw new AssertionError(method + " " + path + " gave " + last);
                }
                tally.count("refusals." + response.statusCode());
            } catch (IOException e) {
                last = e.toString();
                tally.count("requests-lost");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError(method + " " + path + " never got through, at last " + last);
    }

    private HttpRequest request(URI base, String method, String path, String body, String prefer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(REQUEST)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!prefer.isEmpty()) {
            request.header("Prefer", prefer);
        }
        return request.build();
    }
}
