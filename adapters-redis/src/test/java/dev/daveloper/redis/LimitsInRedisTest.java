package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What rate limits leave in Redis, and what Redis may do to them. */
@Timeout(60)
class LimitsInRedisTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final RedisProcess server = TestAdapters.server();
    private final ManualClock clock = new ManualClock();
    private final SessionId session = new Conversations(InstantSource.system()).someSession();
    private final Check chat = of("chat: 2 per 1m by session on chat", Subject.of(session));
    private final Check reads = of("reads: 9 per 1s by address on reads", Subject.of(new ClientAddress("cb007142")));
    private final Check answers = of("answers: 3 at once by session on chat", Subject.of(session));
    private final Check tokens = of("tokens: 1000 tokens per 1h by session on chat slice 500", Subject.of(session))
            .costing(500);

    private static Check of(String policy, Subject subject) {
        return new Check(PolicyText.read(policy), subject, 1);
    }

    private static Decision ask(RateLimiter limiter, Check... checks) {
        return limiter.ask(List.of(checks), "ticket").await();
    }

    @Test
    void all_of_it_goes_by_itself_and_names_nobody() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        RunRef run = new RunRef(session, new RunId("run_01jz0000000000000000000001"));
        assertThat(ask(limiter, chat, reads, answers, tokens)).isInstanceOf(Decision.Admitted.class);
        limiter.hold(run, List.of(tokens), Duration.ofMinutes(10));

        // What a run took is written down without anybody waiting for it.
        Map<String, String> stored =
                await().until(() -> StoredData.contents(server, opener.prefix()), contents -> contents.size() == 5);
        stored.forEach((key, content) -> {
            assertThat(Long.parseLong(server.command("PTTL", key))).as(key).isBetween(1L, 1_810_000L);
            assertThat(key + content)
                    .doesNotContain(session.value())
                    .doesNotContain(reads.subject().value())
                    .doesNotContain("203.0.113");
        });
    }

    @Test
    void what_is_all_given_back_leaves_nothing() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        RunRef run = new RunRef(session, new RunId("run_01jz0000000000000000000001"));
        ask(limiter, chat, answers, tokens);
        limiter.giveBack(chat);
        limiter.release(List.of(new RateLimiter.Slot(answers.policy(), answers.subject(), "ticket")));
        limiter.hold(run, List.of(tokens), Duration.ofMinutes(10));
        limiter.settle(run, 0);
        await().until(() -> StoredData.keys(server, opener.prefix()).isEmpty());
    }

    @Test
    void a_question_that_is_refused_leaves_nothing() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        assertThat(ask(limiter, answers, chat.costing(3), tokens)).isInstanceOf(Decision.Refused.class);
        assertThat(StoredData.keys(server, opener.prefix())).isEmpty();
    }

    @Test
    void scripts_that_are_forgotten_are_not_missed() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        RunRef run = new RunRef(session, new RunId("run_01jz0000000000000000000001"));
        server.command("SCRIPT", "FLUSH");
        ask(limiter, tokens);
        server.command("SCRIPT", "FLUSH");
        limiter.take(tokens);
        limiter.hold(run, List.of(tokens), Duration.ofMinutes(10));
        assertThat(ask(limiter, tokens)).isInstanceOf(Decision.Refused.class);
        server.command("SCRIPT", "FLUSH");
        limiter.settle(run, 0);
        server.command("SCRIPT", "FLUSH");
        await().until(() -> ask(limiter, tokens) instanceof Decision.Admitted);
    }

    @Test
    void a_clock_that_was_wrong_for_a_moment_locks_nobody_out() throws Exception {
        RateLimiter early = opener.open(opener.config()
                        .withClock(() -> InstantSource.system().instant().plus(YEAR)))
                .rateLimiter();
        Check place = of("place: 1 at once by session on chat", Subject.of(session));
        assertThat(ask(early, chat)).isInstanceOf(Decision.Admitted.class);
        assertThat(ask(early, chat, place)).isInstanceOf(Decision.Admitted.class);

        RateLimiter limiter = opener.open(opener.config().withClock(clock)).rateLimiter();
        assertThat(ask(limiter, place)).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.ask(List.of(place), "another").await()).isInstanceOf(Decision.Refused.class);
        assertThat(ask(limiter, chat)).as("all is taken still").isInstanceOf(Decision.Refused.class);
        clock.advance(Duration.ofSeconds(31));
        assertThat(ask(limiter, chat)).as("and flows in").isInstanceOf(Decision.Admitted.class);
        assertThat(ask(limiter, chat)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_debt_without_measure_has_one() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        for (int i = 0; i < 3; i++) {
            limiter.take(tokens.costing(Long.MAX_VALUE));
        }
        assertThat(ask(limiter, tokens)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_policy_that_counts_something_else_now_begins_anew() throws Exception {
        RateLimiter limiter = opener.open(opener.config()).rateLimiter();
        ask(limiter, chat);
        assertThat(ask(limiter, of("chat: 1 at once by session on chat", Subject.of(session))))
                .isInstanceOf(Decision.Admitted.class);
        assertThat(ask(limiter, chat)).isInstanceOf(Decision.Admitted.class);
    }
}
