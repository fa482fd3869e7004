package dev.daveloper.bootstrap.e2e;

import static dev.daveloper.bootstrap.e2e.ManyNodesTest.runOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.redis.testkit.RedisProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of answers when the node that makes them goes, or the Redis that keeps them. */
class LostNodesTest {
    private static final int DELTAS = 60;
    private static final int STREAMS = 200;

    @TempDir
    private Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void open() {
        gate.countDown();
    }

    @Test
    void when_a_node_is_killed_every_viewer_gets_the_rest_and_one_ending_elsewhere_within_the_lease_and_two_seconds()
            throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                ManyNodes nodes = ManyNodes.start(directory, 2, RedisProcess.durable(), agent.target())) {
            Visitor local = Visitor.at(nodes.base(0));
            Visitor remote = local.movedTo(nodes.base(1));
            String run = runOf(local.start("Count, please.", "k"));
            String all = ServedAgent.count(DELTAS);
            EventStream onA = local.resume(run, "0-0").awaitText(all.length());
            EventStream onB = remote.resume(run, "0-0").awaitText(all.length());

            nodes.get(0).program().kill();
            long killed = System.nanoTime();
            onA.awaitEnd();
            assertThat(onA.events()).noneMatch(event -> event.is("run.finished"));
            try (EventStream moved = remote.resume(run, onA.last().cursor())) {
                Event ending = moved.awaitType("run.finished");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(ManyNodes.LEASE.plusSeconds(2));
                assertThat(ending.outcome()).isEqualTo("interrupted");
                assertThat(onA.text()).startsWith(ending.storedText());
                assertThat(onB.awaitType("run.finished").storedText()).isEqualTo(ending.storedText());
            }
            onB.awaitEnd();
            assertThat(onB.events())
                    .filteredOn(event -> event.is("run.finished"))
                    .hasSize(1);
            assertThat(onB.text()).isEqualTo(all);
            assertThat(remote.history())
                    .extracting(message -> message.path("outcome").asText(""))
                    .containsExactly("", "interrupted");
        }
    }

    @Test
    void a_node_told_to_stop_under_two_hundred_streams_loses_and_repeats_nothing_and_exits_with_0() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                ManyNodes nodes = ManyNodes.start(directory, 2, RedisProcess.durable(), agent.target())) {
            List<EventStream> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                Visitor visitor = Visitor.at(nodes.base(0));
                String run = runOf(visitor.start("Count, please.", "k"));
                streams.add((i % 4 == 0 ? visitor.movedTo(nodes.base(1)) : visitor).resume(run, "0-0"));
            }
            streams.forEach(stream -> stream.awaitText(ServedAgent.count(DELTAS).length()));

            nodes.get(0).program().terminate();
            Visitor late = Visitor.at(nodes.base(1));
            await().atMost(RunningProgram.PATIENCE)
                    .until(() ->
                            late.movedTo(nodes.base(0)).start("Too late?", "k").statusCode() == 503);
            assertThat(streams).noneMatch(stream -> stream.text().contains("goodbye"));
            gate.countDown();

            for (EventStream stream : streams) {
                stream.awaitEnd();
                assertThat(stream.last().outcome()).isEqualTo("completed");
                assertThat(stream.text())
                        .isEqualTo(ServedAgent.count(DELTAS) + "goodbye")
                        .isEqualTo(stream.last().storedText());
            }
            assertThat(nodes.get(0).program().awaitExit()).isZero();
        }
    }

    @Test
    void while_redis_does_not_answer_viewers_go_on_new_questions_are_refused_and_all_heals() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                ManyNodes nodes = ManyNodes.start(directory, 1, RedisProcess.durable(), agent.target())) {
            Visitor visitor = Visitor.at(nodes.base(0));
            Visitor other = Visitor.at(nodes.base(0));
            String run = runOf(visitor.start("Count, please.", "k"));
            try (EventStream stream = visitor.resume(run, "0-0")
                    .awaitText(ServedAgent.count(DELTAS).length())) {
                await().until(() -> status(visitor, "/health/ready") == 200);
                nodes.redis().freeze();

                HttpResponse<String> refused = other.start("And me?", "k");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("store_unavailable");
                await().atMost(RunningProgram.PATIENCE).until(() -> status(visitor, "/health/ready") == 503);
                assertThat(status(visitor, "/health/live")).isEqualTo(200);
                gate.countDown();
                stream.awaitText(ServedAgent.count(DELTAS).length() + "goodbye".length());
                assertThat(stream.awaitType("notice").json().path("code").asText())
                        .isEqualTo("store_unavailable");
                assertThat(stream.events()).noneMatch(event -> event.is("run.finished"));

                nodes.redis().thaw();
                assertThat(stream.awaitType("run.finished").outcome()).isEqualTo("completed");
            }
            await().atMost(RunningProgram.PATIENCE).until(() -> status(visitor, "/health/ready") == 200);
            assertThat(visitor.history().getLast().path("text").asText())
                    .isEqualTo(ServedAgent.count(DELTAS) + "goodbye");
            assertThat(other.history()).as("nothing is half accepted").isEmpty();
            assertThat(other.ask("And now?").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void after_redis_came_back_empty_viewers_have_had_the_whole_answer_and_new_visitors_are_served() throws Exception {
        try (ServedAgent agent = ServedAgent.counting(DELTAS, gate);
                ManyNodes nodes = ManyNodes.start(directory, 2, RedisProcess.start(), agent.target())) {
            Visitor visitor = Visitor.at(nodes.base(0));
            String run = runOf(visitor.start("Count, please.", "k"));
            try (EventStream stream = visitor.resume(run, "0-0")
                    .awaitText(ServedAgent.count(DELTAS).length())) {
                nodes.redis().kill();
                nodes.redis().wipeAndRestart();
                gate.countDown();
                stream.awaitEnd();
                assertThat(stream.last().outcome()).isEqualTo("completed");
                assertThat(stream.text())
                        .isEqualTo(ServedAgent.count(DELTAS) + "goodbye")
                        .isEqualTo(stream.last().storedText());
            }
            await().atMost(RunningProgram.PATIENCE).until(() -> status(visitor, "/health/ready") == 200);
            Visitor next = Visitor.at(nodes.base(1));
            HttpResponse<String> answered = next.movedTo(nodes.base(0)).ask("Still there?");
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(next.history()).hasSize(2);
        }
    }

    private static int status(Visitor visitor, String path) throws Exception {
        return visitor.send("GET", path, "", java.util.Map.of()).statusCode();
    }
}
