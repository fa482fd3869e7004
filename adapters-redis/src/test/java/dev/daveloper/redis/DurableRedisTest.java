package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.health.Status;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class DurableRedisTest {
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(20);
    private static final int RUNS = 8;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Conversations conversations = new Conversations(InstantSource.system());

    @Test
    void a_server_that_writes_before_it_answers_loses_nothing_when_it_is_killed() throws Exception {
        try (RedisProcess server = RedisProcess.durable()) {
            RedisAdapters adapters = opener.open(opener.at(server.url()));
            ChatStores stores = TestAdapters.chat(adapters);
            Session session = conversations.newSession();
            SessionToken token = conversations.newToken();
            adapters.sessionStore()
                    .create(session, token.hash(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
            List<Scribbling> runs = Stream.generate(() -> Scribbling.in(conversations.someSession(), stores))
                    .limit(RUNS)
                    .toList();
            await().atMost(HEALED_WITHIN).until(() -> runs.stream().allMatch(run -> run.written() > 30));

            server.kill();
            List<Long> acknowledged = runs.stream().map(Scribbling::written).toList();
            server.restart();
            await().atMost(HEALED_WITHIN).until(() -> adapters.probe().check().status() == Status.PASS);

            for (int i = 0; i < RUNS; i++) {
                assertThat(runs.get(i).readAll(stores))
                        .startsWith(Scribbling.wordsUpTo(acknowledged.get(i)).toArray(String[]::new));
                assertThat(stores.messages().recent(runs.get(i).session(), 9))
                        .containsExactly(runs.get(i).question().message());
                assertThat(stores.runs().active(runs.get(i).session()))
                        .contains(runs.get(i).question().run());
                runs.get(i).stopAndCheck(stores);
            }
            assertThat(adapters.sessionStore().find(token.hash())).contains(session);
            assertThat(adapters.sessionStore().counts().live()).isEqualTo(1);
        }
    }
}
