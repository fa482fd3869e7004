package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.redis.testkit.RedisProcess;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The six laws, at every viewer, while gateways and their Redis are killed, stopped, frozen, cut off and started again,
 * for as long as {@code -Ddaveloper.faults.seconds} says and in the order that {@code -Ddaveloper.faults.seed} gives.
 */
class FaultSuiteTest {
    private static final Logger LOG = LoggerFactory.getLogger(FaultSuiteTest.class);
    private static final long SECONDS = Long.getLong("daveloper.faults.seconds", 45);
    private static final long SEED = Long.getLong("daveloper.faults.seed", 20_261_127);
    private static final int NODES = 3;
    private static final int GUESTS = 8;

    @TempDir
    private Path directory;

    private final Tally tally = new Tally();
    private final ScriptedAgent agent = SteadyCounter.agent();

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void nothing_is_lost_or_doubled_while_nodes_and_redis_fail(TestReporter reporter) throws Exception {
        try (ServedAgent served = ServedAgent.of(agent, 0);
                ManyNodes nodes = ManyNodes.start(directory, NODES, RedisProcess.durable(), served.target());
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(2))
                        .build()) {
            play(nodes, http);
            checkAgent();
            checkNothingIsLeft(nodes);
            LOG.info("seed {}, {} s: {}", SEED, SECONDS, tally);
            reporter.publishEntry("faults", "seed " + SEED + ", " + SECONDS + " s: " + tally);
        }
        assertThat(tally.broken()).isEmpty();
        assertThat(tally.of("faults")).isGreaterThanOrEqualTo(3);
        assertThat(tally.of("runs")).isGreaterThan(50);
        assertThat(tally.of("resumes")).isGreaterThan(50);
    }

    private void play(ManyNodes nodes, HttpClient http) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> guests = new ArrayList<>();
            for (int i = 0; i < GUESTS; i++) {
                Guest guest = new Guest(nodes, http, tally, threads, SEED + i);
                guests.add(threads.submit(() -> {
                    for (int number = 0; !over.get(); number++) {
                        guest.converse(number);
                    }
                    return null;
                }));
            }
            try {
                new Faults(nodes, tally, SEED).happenFor(Duration.ofSeconds(SECONDS));
            } finally {
                over.set(true);
            }
            for (Future<?> guest : guests) {
                guest.get(Guest.PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
            }
        }
    }

    /** Each message was asked once, and whatever was asked has been answered or was told to stop. */
    private void checkAgent() {
        Map<String, Long> asked =
                agent.requests().stream().collect(Collectors.groupingBy(AgentRequest::message, Collectors.counting()));
        assertThat(asked.values()).as("how often the agent was asked").containsOnly(1L);
        await().atMost(Guest.PATIENCE)
                .untilAsserted(() -> assertThat(agent.streams()).allMatch(ScriptedAgent.ScriptedStream::isClosed));
        tally.count("asked", asked.size());
    }

    /** When all is over no run is in the making, and none has an owner. */
    private static void checkNothingIsLeft(ManyNodes nodes) {
        await().atMost(Guest.PATIENCE).untilAsserted(() -> {
            String leases = nodes.redis().command("EVAL", """
                    local left = 0
                    for _, key in ipairs(redis.call('KEYS', 'dv:*:leases')) do
                      left = left + redis.call('ZCARD', key)
                    end
                    return left
                    """, "0");
            assertThat(leases).isEqualTo("0");
        });
    }
}
