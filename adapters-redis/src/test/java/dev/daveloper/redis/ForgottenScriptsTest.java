package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
