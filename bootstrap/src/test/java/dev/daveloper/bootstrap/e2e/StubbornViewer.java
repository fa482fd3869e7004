package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A viewer who wants to see one answer from its beginning to its end: whose connection breaks, falls silent, or whom
 * whim takes away comes back with the cursor that he has, to whichever node. For one thread.
 */
final class StubbornViewer {
    /** A stream beats every half a second. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration REQUEST = Duration.ofSeconds(4);
    private static final long LOOK_NANOS = 20_000_000;
    private static final long PAUSE_NANOS = 150_000_000;

    private final ManyNodes nodes;
    private final HttpClient http;
    private final String token;
    private final String run;
    private final Tally tally;
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private String cursor = "0-0";
    private int deltas;
    private Event ending;

    StubbornViewer(ManyNodes nodes, HttpClient http, String token, String run, Tally tally, long seed) {
        this.nodes = nodes;
        this.http = http;
        this.token = token;
        this.run = run;
        this.tally = tally;
        this.random = new Random(seed);
    }

    String text() {
        return text.toString();
    }

    int deltas() {
        return deltas;
    }

    Event ending() {
        return ending;
    }

    /** Watches to the end, and gives itself. */
    StubbornViewer watch() throws InterruptedException {
        long deadline = System.nanoTime() + Guest.PATIENCE.toNanos();
        while (ending == null) {
            assertThat(System.nanoTime()).as("an ending for " + run).isLessThan(deadline);
            try {
                HttpResponse<InputStream> response = http.send(request(), BodyHandlers.ofInputStream());
                if (response.statusCode() == 200) {
                    follow(new EventStream(response.body()));
                } else {
                    response.body().close();
                    assertThat(response.statusCode())
                            .as("an answer to resuming")
                            .isIn(429, 503);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            tally.count(ending == null ? "resumes" : "endings");
        }
        return this;
    }

    private void follow(EventStream stream) {
        int leaveAfter = random.nextInt(4) == 0 ? 1 + random.nextInt(10) : Integer.MAX_VALUE;
        int taken = 0;
        int beats = 0;
        long heardAt = System.nanoTime();
        try (stream) {
            while (ending == null && taken < leaveAfter) {
                boolean over = stream.hasEnded();
                List<Event> events = stream.events();
                if (taken < events.size() || stream.heartbeats() > beats) {
                    heardAt = System.nanoTime();
                    beats = stream.heartbeats();
                }
                for (; taken < events.size(); taken++) {
                    take(events.get(taken));
                }
                if (over || System.nanoTime() - heardAt > SILENCE.toNanos()) {
                    return;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void take(Event event) {
        assertThat(ending).as("nothing comes after the ending").isNull();
        if (event.is("notice")) {
            tally.count("notices");
            return;
        }
        cursor = event.cursor();
        if (event.is("text.delta")) {
            text.append(event.json().path("text").asText());
            deltas++;
        } else if (event.is("run.finished")) {
            ending = event;
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(nodes.any(random).resolve("/agent/runs/" + run + "/events"))
                .timeout(REQUEST)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", cursor)
                .build();
    }
}
