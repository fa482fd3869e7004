package dev.daveloper.http.documents;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.EventReader.Event;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRoutesTest {
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateways.open();
    }

    @AfterEach
    void stop() {
        gateway.documents().release();
        gateway.close();
    }

    private static String begun(TestGateway gateway, TestGateway.Caller caller, String name, String text)
            throws IOException, InterruptedException {
        return json(gateway.send(Form.of(name, text).on(caller.request("/documents/ingest"))))
                .get("jobId")
                .textValue();
    }

    private static EventReader follow(TestGateway gateway, TestGateway.Caller caller, String path)
            throws IOException, InterruptedException {
        return EventReader.open(gateway.client(), caller.request(path));
    }

    private static Event nextState(EventReader stream, String state) throws IOException {
        Event event = stream.next();
        while (!event.isEnd() && !state.equals(event.data().get("state").textValue())) {
            event = stream.next();
        }
        return event;
    }

    @Test
    void a_job_streams_from_how_it_stands_to_its_final_state() throws Exception {
        gateway.documents().hold();
        TestGateway.Caller caller = gateway.newCaller();
        String job = begun(gateway, caller, "a.txt", "some text");
        try (EventReader stream = follow(gateway, caller, "/documents/status/" + job + "/events")) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            Event first = nextState(stream, "processing");
            assertThat(first.type()).isEqualTo("document.progress");
            assertThat(first.id()).isEmpty();
            assertThat(first.data().get("type").textValue()).isEqualTo("document.progress");
            assertThat(first.data().get("jobId").textValue()).isEqualTo(job);
            assertThat(first.data().get("stage").textValue()).isEqualTo("reading");
            assertThat(first.data().get("progress").doubleValue()).isEqualTo(0.1);
            gateway.documents().release();
            Event last = stream.rest().getLast();
            assertThat(last.id()).isEqualTo("completed");
            assertThat(last.data().get("progress").doubleValue()).isEqualTo(1);
            assertThat(last.data().at("/document/name").textValue()).isEqualTo("a.txt");
            assertThat(last.data().has("stage")).isFalse();
        }
        try (EventReader again = follow(gateway, caller, "/v1/documents/status/" + job + "/events")) {
            List<Event> events = again.rest();
            assertThat(events).hasSize(1);
            assertThat(events.getFirst().id()).isEqualTo("completed");
        }
        HttpResponse<String> seen = gateway.send(
                caller.request("/documents/status/" + job + "/events").header("Last-Event-ID", "completed"));
        assertThat(seen.statusCode()).isEqualTo(204);
        JsonNode found = json(caller.get("/documents/status/" + job));
        assertThat(found.get("state").textValue()).isEqualTo("completed");
        assertThat(found.has("duplicate")).isFalse();
    }

    @Test
    void a_failed_job_says_why() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        String job = begun(gateway, caller, "broken.json", "{\"a\":");
        try (EventReader stream = follow(gateway, caller, "/documents/status/" + job + "/events")) {
            Event last = stream.rest().getLast();
            assertThat(last.id()).isEqualTo("failed");
            JsonNode error = last.data().get("error");
            assertThat(error.get("code").textValue()).isEqualTo("document_unreadable");
            assertThat(error.get("status").intValue()).isEqualTo(422);
            assertThat(error.get("type").textValue()).isEqualTo("/errors/document_unreadable");
            assertThat(error.get("detail").textValue()).isNotEmpty();
        }
    }

    @Test
    void a_job_is_given_up_and_jobs_are_listed_newest_first() throws Exception {
        gateway.documents().hold();
        TestGateway.Caller caller = gateway.newCaller();
        String first = begun(gateway, caller, "a.txt", "one");
        String second = begun(gateway, caller, "b.txt", "two");
        try (EventReader stream = follow(gateway, caller, "/documents/status/" + first + "/events")) {
            assertThat(gateway.send(caller.post("/documents/status/" + first + "/cancel", ""))
                            .statusCode())
                    .isEqualTo(202);
            Event last = stream.rest().getLast();
            assertThat(last.id()).isEqualTo("cancelled");
            assertThat(last.data().get("progress").doubleValue()).isZero();
        }
        JsonNode items = json(caller.get("/documents/status")).get("items");
        assertThat(items.at("/0/jobId").textValue()).isEqualTo(second);
        assertThat(items.at("/1/jobId").textValue()).isEqualTo(first);
        assertThat(items.at("/1/state").textValue()).isEqualTo("cancelled");
    }

    @Test
    void a_sessions_stream_tells_of_all_its_jobs_and_does_not_end_with_them() throws Exception {
        gateway.documents().hold();
        TestGateway.Caller caller = gateway.newCaller();
        String early = begun(gateway, caller, "early.txt", "one");
        try (EventReader stream = follow(gateway, caller, "/sessions/current/events")) {
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.next().data().get("jobId").textValue()).isEqualTo(early);
            begun(gateway, gateway.newCaller(), "foreign.txt", "not ours");
            gateway.documents().release();
            Event over = nextState(stream, "completed");
            assertThat(over.data().get("jobId").textValue()).isEqualTo(early);
            assertThat(over.id()).isEmpty();
            String later = begun(gateway, caller, "later.txt", "two");
            assertThat(nextState(stream, "completed").data().get("jobId").textValue())
                    .isEqualTo(later);
            int heartbeats = stream.comments().size();
            while (stream.comments().size() < heartbeats + 2) {
                String line = stream.readLine();
                if (line.startsWith(":")) {
                    stream.comments().add(line);
                }
            }
            assertThat(caller.delete("/sessions/current").statusCode()).isEqualTo(204);
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void an_administrators_stream_tells_of_what_is_shared() throws Exception {
        gateway.documents().hold();
        String bearer = "Bearer " + Gateways.ADMIN_KEY;
        String job = json(gateway.send(Form.of("a.txt", "shared")
                        .on(gateway.request("/documents/ingest").header("Authorization", bearer))))
                .get("jobId")
                .textValue();
        try (EventReader stream = EventReader.open(
                gateway.client(), gateway.request("/sessions/current/events").header("Authorization", bearer))) {
            assertThat(stream.next().data().get("jobId").textValue()).isEqualTo(job);
        }
    }

    @Test
    void a_stream_is_not_given_as_json() throws Exception {
        TestGateway.Caller caller = gateway.newCaller();
        HttpResponse<String> response =
                gateway.send(caller.request("/sessions/current/events").header("Accept", "application/json"));
        assertThat(response.statusCode()).isEqualTo(406);
    }

    @Test
    void a_server_that_stops_ends_its_streams() throws Exception {
        try (EventReader stream = follow(gateway, gateway.newCaller(), "/sessions/current/events")) {
            stream.readLine();
            gateway.server().close();
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void a_stream_ends_when_jobs_can_no_longer_be_followed_so_that_its_viewer_comes_back() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (TestGateway losing = Gateways.open(
                config -> config,
                ports -> Gateways.with(ports, "followAll", (real, arguments) -> new JobFollower() {
                    @Override
                    public JobStep next(Duration patience) {
                        throw new DocumentsUnavailable();
                    }

                    @Override
                    public void onNews(Runnable news) {}

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                }))) {
            try (EventReader stream = follow(losing, losing.newCaller(), "/sessions/current/events")) {
                assertThat(stream.response().statusCode()).isEqualTo(200);
                assertThat(stream.rest()).isEmpty();
            }
            await().until(() -> closed.get() == 1);
        }
    }

    @Test
    void a_viewer_that_reads_no_more_is_cut() throws Exception {
        AtomicInteger following = new AtomicInteger();
        try (TestGateway busy = Gateways.open(
                config -> config.withTimes(sendStuck(Duration.ofMillis(400))),
                ports -> Gateways.with(ports, "followAll", (real, arguments) -> {
                    following.incrementAndGet();
                    return repeating(real.jobs((dev.daveloper.domain.documents.Scope) arguments[0]), following);
                }))) {
            TestGateway.Caller caller = busy.newCaller();
            begun(busy, caller, "a.txt", "text");
            try (RawConnection stuck = new RawConnection(busy.port(), 4096)) {
                stuck.say("GET /sessions/current/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + caller.token()
                        + "\r\n\r\n");
                stuck.readUntil("document.progress");
                await().atMost(Duration.ofSeconds(10)).until(() -> following.get() == 0);
            }
        }
    }

    /** Tells of the first of these jobs for ever. */
    private static JobFollower repeating(
            List<dev.daveloper.domain.documents.IngestionJob> jobs, AtomicInteger following) {
        return new JobFollower() {
            @Override
            public JobStep next(Duration patience) {
                return new JobStep.Changed(jobs.getFirst());
            }

            @Override
            public void onNews(Runnable news) {}

            @Override
            public void close() {
                following.decrementAndGet();
            }
        };
    }

    private static HttpTimes sendStuck(Duration stuck) {
        HttpTimes q = TestGateway.QUICK;
        return new HttpTimes(
                q.sseHeartbeat(),
                q.socketHeartbeat(),
                q.pongWithin(),
                q.helloWithin(),
                stuck,
                q.closeGrace(),
                q.idle(),
                q.answerWait(),
                q.stop());
    }
}
