package dev.daveloper.bootstrap.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daveloper.http.testkit.MessageContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A viewer of server-sent events, which reads on a thread of its own until the stream ends. */
final class EventStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream body;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    EventStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().name("viewer").start(this::read);
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    String text() {
        return Event.textOf(events);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    int heartbeats() {
        return heartbeats.get();
    }

    Event last() {
        return events.getLast();
    }

    /** Waits for an event of this kind, and gives the first. */
    Event await(Predicate<Event> wanted) {
        return Awaitility.await()
                .atMost(RunningProgram.PATIENCE)
                .pollInterval(java.time.Duration.ofMillis(5))
                .until(() -> events.stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    Event awaitType(String type) {
        return await(event -> event.is(type));
    }

    /** Waits until this much of the answer has been read. */
    EventStream awaitText(int chars) {
        Awaitility.await()
                .atMost(RunningProgram.PATIENCE)
                .pollInterval(java.time.Duration.ofMillis(5))
                .until(() -> text().length() >= chars);
        return this;
    }

    /** Waits until the server ends the stream. */
    EventStream awaitEnd() throws InterruptedException {
        if (!ended.await(RunningProgram.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the stream does not end, it has " + events.size() + " events");
        }
        // One of each type: thousands of viewers read the same deltas.
        Set<String> types = new HashSet<>();
        events.stream()
                .filter(event -> types.add(event.json().path("type").asText()))
                .forEach(event -> MessageContract.check(event.json()));
        return this;
    }

    /** Leaves, as a closed tab does. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    events.add(new Event(JSON.readTree(line.substring("data: ".length()))));
                } else if (line.startsWith(":")) {
                    heartbeats.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // The server was killed, or the viewer left: the stream is over either way.
        } finally {
            ended.countDown();
        }
    }
}
