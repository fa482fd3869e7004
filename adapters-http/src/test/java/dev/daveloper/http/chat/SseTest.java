package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.http.EventReader;
import dev.daveloper.http.EventReader.Event;
import dev.daveloper.http.HttpLimits;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SseTest {
    @Test
    void an_answer_streams_from_its_start_to_its_one_ending() throws Exception {
        try (TestGateway gateway = TestGateway.of(ScriptedAgent.saying("Hel", "lo\n", "w\u00f6rld \ud83d\ude00"));
                EventReader stream = gateway.newCaller().stream("hi")) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.readLine()).isEqualTo("retry: 1000");

            List<Event> events = stream.rest();
            assertThat(events.getFirst().type()).isEqualTo("run.started");
            assertThat(events.getFirst().id()).isEqualTo("1-1");
            assertThat(events.getFirst().data().get("runId").textValue()).isEqualTo(stream.header("X-Run-Id"));
            assertThat(EventReader.textOf(events)).isEqualTo("Hello\nw\u00f6rld \ud83d\ude00");
            assertThat(events)
                    .filteredOn(event -> event.type().equals("run.finished"))
                    .hasSize(1);
            JsonNode finished = events.getLast().data();
            assertThat(finished.get("type").textValue()).isEqualTo("run.finished");
            assertThat(finished.get("outcome").textValue()).isEqualTo("completed");
            assertThat(finished.at("/message/text").textValue()).isEqualTo("Hello\nw\u00f6rld \ud83d\ude00");
        }
    }

    @Test
    void bytes_come_at_once_and_then_within_every_heartbeat_though_the_agent_is_silent() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> new Script(List.of()).thenWaitFor(gate).thenSay("late"));
        try (TestGateway gateway = TestGateway.of(agent);
                EventReader stream = gateway.newCaller().stream("hi")) {
            assertThat(stream.next().type()).isEqualTo("run.started");
            assertThat(stream.comments()).isNotEmpty();
            int early = stream.comments().size();
            String line = stream.readLine();
            while (!line.startsWith(":")) {
                line = stream.readLine();
            }
            assertThat(early).isEqualTo(1);
            gate.countDown();
            assertThat(stream.next().data().get("text").textValue()).isEqualTo("late");
        }
    }

    @Test
    void a_viewer_comes_back_by_cursor_without_a_lost_or_doubled_word() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("one ").thenWaitFor(gate).thenSay("two ").thenSay("three"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            String run;
            String cursor;
            try (EventReader stream = caller.stream("hi")) {
                run = stream.header("X-Run-Id");
                stream.next();
                Event first = stream.next();
                assertThat(first.data().get("text").textValue()).isEqualTo("one ");
                cursor = first.id();
            }
            gate.countDown();
            try (EventReader again = caller.follow(run, cursor)) {
                assertThat(EventReader.textOf(again.rest())).isEqualTo("two three");
            }
            try (EventReader whole =
                    EventReader.open(gateway.client(), caller.request("/v1/agent/runs/" + run + "/events?after=0-0"))) {
                List<Event> events = whole.rest();
                assertThat(EventReader.textOf(events)).isEqualTo("one two three");
                HttpResponse<String> nothing = caller.get("/agent/runs/" + run + "/events?after="
                        + events.getLast().id());
                assertThat(nothing.statusCode()).isEqualTo(204);
                HttpResponse<String> headerWins =
                        gateway.send(caller.request("/agent/runs/" + run + "/events?after=0-0")
                                .header("Last-Event-ID", events.getLast().id()));
                assertThat(headerWins.statusCode()).isEqualTo(204);
            }
        }
    }

    @Test
    void two_viewers_see_the_same() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a", "b").thenWaitFor(gate).thenSay("c"));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            try (EventReader first = caller.stream("hi");
                    EventReader second = caller.follow(first.header("X-Run-Id"), "")) {
                gate.countDown();
                assertThat(EventReader.textOf(first.rest())).isEqualTo("abc");
                assertThat(EventReader.textOf(second.rest())).isEqualTo("abc");
            }
        }
    }

    @Test
    void a_failure_in_mid_answer_is_an_ending_with_the_text_so_far() throws Exception {
        ScriptedAgent agent =
                ScriptedAgent.following(request -> Script.say("so far").thenFail(new AgentFailed()));
        try (TestGateway gateway = TestGateway.of(agent);
                EventReader stream = gateway.newCaller().stream("hi")) {
            JsonNode finished = stream.rest().getLast().data();
            assertThat(finished.get("outcome").textValue()).isEqualTo("failed");
            assertThat(finished.at("/error/code").textValue()).isEqualTo("agent_failed");
            assertThat(finished.at("/error/status").intValue()).isEqualTo(502);
            assertThat(finished.at("/message/text").textValue()).isEqualTo("so far");
        }
    }

    @Test
    void cancel_reaches_the_agent_and_every_viewer() throws Exception {
        ScriptedAgent agent =
                ScriptedAgent.following(request -> Script.say("part").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent)) {
            TestGateway.Caller caller = gateway.newCaller();
            try (EventReader stream = caller.stream("hi")) {
                String run = stream.header("X-Run-Id");
                stream.next();
                stream.next();
                assertThat(gateway.send(caller.post("/agent/runs/" + run + "/cancel", ""))
                                .statusCode())
                        .isEqualTo(202);
                JsonNode finished = stream.rest().getLast().data();
                assertThat(finished.get("outcome").textValue()).isEqualTo("cancelled");
                assertThat(finished.at("/message/text").textValue()).isEqualTo("part");
                assertThat(agent.streams().getFirst().awaitClosed(Duration.ofSeconds(5)))
                        .isTrue();
                assertThat(gateway.send(caller.post("/agent/runs/" + run + "/cancel", ""))
                                .statusCode())
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void a_viewer_that_has_gone_is_noticed_within_a_heartbeat() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        Viewers viewers = new Viewers();
        try (TestGateway gateway = TestGateway.withPorts(agent, viewers::watching)) {
            TestGateway.Caller caller = gateway.newCaller();
            String run = caller.startRun("hi");
            RawConnection viewer = new RawConnection(gateway.port(), 0);
            viewer.say("GET /agent/runs/" + run + "/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + caller.token() + "\r\n\r\n");
            viewer.readUntil("text.delta");
            assertThat(viewers.following()).isEqualTo(1);
            viewer.close();
            await().atMost(TestGateway.QUICK.sseHeartbeat().multipliedBy(3)).until(() -> viewers.following() == 0);
        }
    }

    @Test
    void a_viewer_that_reads_no_more_is_cut_and_the_others_go_on() throws Exception {
        String big = "x".repeat(64 * 1024);
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(request -> {
            Script script = Script.say("start");
            for (int i = 0; i < 20; i++) {
                script = script.thenSay(big);
            }
            return script.thenWaitFor(gate).thenSay("end");
        });
        Viewers viewers = new Viewers();
        try (TestGateway gateway = TestGateway.of(
                        agent,
                        config -> config.withTimes(Fixtures.sendStuck(Duration.ofMillis(400))),
                        viewers::watching);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            TestGateway.Caller caller = gateway.newCaller();
            String run = caller.startRun("hi");
            try (RawConnection stuck = new RawConnection(gateway.port(), 4096);
                    EventReader reading = caller.follow(run, "")) {
                Future<List<Event>> seen = others.submit(reading::rest);
                stuck.say("GET /agent/runs/" + run + "/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + caller.token() + "\r\n\r\n");
                stuck.readUntil("run.started");
                await().atMost(Duration.ofSeconds(10)).until(() -> viewers.ended() == 1);
                gate.countDown();
                assertThat(EventReader.textOf(seen.get())).hasSize("start".length() + 20 * big.length() + 3);
            }
        }
    }

    @Test
    void a_server_that_stops_ends_its_streams_between_two_events() throws Exception {
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent);
                EventReader stream = gateway.newCaller().stream("hi")) {
            stream.next();
            stream.next();
            gateway.server().close();
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void a_place_too_many_is_refused_before_a_run_is_started() throws Exception {
        HttpLimits usual = HttpLimits.DEFAULT;
        HttpLimits one = new HttpLimits(
                usual.maxBodyBytes(),
                usual.maxMessageBytes(),
                usual.maxHeaderBytes(),
                usual.maxConnections(),
                usual.maxConcurrentRequests(),
                1,
                usual.maxSockets(),
                usual.maxSocketsPerSession(),
                usual.maxFollowsPerSocket(),
                usual.maxMistakesPerSocket(),
                usual.maxOutgoingFrames(),
                usual.sendBufferBytes());
        ScriptedAgent agent = ScriptedAgent.following(request -> Script.say("a").thenWaitFor(new CountDownLatch(1)));
        try (TestGateway gateway = TestGateway.of(agent, config -> config.withLimits(one));
                EventReader first = gateway.newCaller().stream("hi")) {
            first.next();
            try (EventReader second = gateway.newCaller().stream("hi")) {
                assertThat(second.response().statusCode()).isEqualTo(503);
                assertThat(second.header("Retry-After")).isNotEmpty();
                assertThat(agent.requests()).hasSize(1);
            }
        }
    }

    @Test
    void silence_longer_than_the_idle_limit_breaks_neither_a_stream_nor_a_waiting_answer() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedAgent agent = ScriptedAgent.following(
                request -> Script.say("a").thenWaitFor(gate).thenSay("b"));
        try (TestGateway gateway =
                        TestGateway.of(agent, config -> config.withTimes(Fixtures.idle(Duration.ofMillis(250))));
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            TestGateway.Caller waiting = gateway.newCaller();
            Future<HttpResponse<String>> answer = others.submit(() -> waiting.ask("hi"));
            try (EventReader stream = gateway.newCaller().stream("hi")) {
                stream.next();
                stream.next();
                while (stream.comments().size() < 5) {
                    String line = stream.readLine();
                    if (line.startsWith(":")) {
                        stream.comments().add(line);
                    }
                }
                gate.countDown();
                assertThat(EventReader.textOf(stream.rest())).isEqualTo("b");
            }
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }
}
