package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Racing;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that forgets its scripts is given them again, and nobody notices. */
@Timeout(120)
class ForgottenScriptsTest {
    private static final int RUNS = 16;
    private static final int FLUSHES = 100;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @Test
    void scripts_are_forgotten_again_and_again_by_one_server_while_many_write() throws Exception {
        writeWhileForgetting(opener.config(), List.of(TestAdapters.server()));
    }

    @Test
    void scripts_are_forgotten_again_and_again_by_a_cluster_while_many_write() throws Exception {
        writeWhileForgetting(opener.clustered(), TestAdapters.cluster().nodes());
    }

    @Test
    void scripts_are_forgotten_again_and_again_by_one_server_while_webhooks_are_told() throws Exception {
        tellWhileForgetting(opener.config(), List.of(TestAdapters.server()));
    }

    @Test
    void scripts_are_forgotten_again_and_again_by_a_cluster_while_webhooks_are_told() throws Exception {
        tellWhileForgetting(opener.clustered(), TestAdapters.cluster().nodes());
    }

    private void tellWhileForgetting(RedisConfig config, List<RedisProcess> servers) throws Exception {
        RedisAdapters old = opener.open(config.with(WebhookRound.OLD));
        RedisAdapters both = opener.open(config.with(WebhookRound.BOTH));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger told = new AtomicInteger();
        List<Integer> sums = Racing.race(RUNS + 1, racer -> {
            if (racer == RUNS) {
                forgetAgainAndAgain(servers, told);
                over.set(true);
                return 0;
            }
            int sum = 0;
            for (; !over.get(); sum++) {
                WebhookRound.play(old, both, conversations.someSession());
                told.incrementAndGet();
            }
            return sum;
        });
        assertThat(sums.subList(0, RUNS)).doesNotContain(0);
        assertThat(both.outbox().waiting(9)).isEmpty();
    }

    /** Between any two of these at least one round was played to its end. */
    private static void forgetAgainAndAgain(List<RedisProcess> servers, AtomicInteger told) {
        for (int i = 0; i < FLUSHES; i++) {
            int sofar = told.get();
            servers.forEach(server -> server.command("SCRIPT", "FLUSH"));
            await().atMost(CoreFixture.SOON).pollInterval(Duration.ofMillis(2)).until(() -> told.get() > sofar);
        }
    }

    private void writeWhileForgetting(RedisConfig config, List<RedisProcess> servers) throws Exception {
        ChatStores stores = TestAdapters.chat(opener.open(config));
        List<Scribbling> runs = Stream.generate(() -> Scribbling.in(conversations.someSession(), stores))
                .limit(RUNS)
                .toList();
        for (int i = 0; i < FLUSHES; i++) {
            servers.forEach(server -> server.command("SCRIPT", "FLUSH"));
        }
        List<Long> sofar = runs.stream().map(Scribbling::written).toList();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> runs.stream().allMatch(run -> run.written() > sofar.get(runs.indexOf(run)) + 5));
        for (Scribbling run : runs) {
            assertThat(run.refusals()).isZero();
            run.stopAndCheck(stores);
        }
    }
}
