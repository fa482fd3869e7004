package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Asked;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.redis.RedisConfig.Timeouts;
import dev.daveloper.redis.testkit.RedisProcess;
import dev.daveloper.redis.testkit.RedisSentinels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits while Redis says nothing, is gone, or becomes another. */
@Timeout(120)
class LimitsThatFailTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    /** For a machine that has other things to do. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** Long enough to hear what is answered late. */
    private static final Timeouts LONG_MEMORY =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(200), PATIENCE);

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(200), PATIENCE);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);
    private static final int MOST = 100;

    @RegisterExtension
    final TestAdapters opener = new TestAdapters();

    private final Subject subject = Subject.of(new Conversations(InstantSource.system()).someSession());
    private final Check chat = new Check(PolicyText.read("chat: 100 per 30d by session on chat"), subject, 1);
    private final Check answers = new Check(PolicyText.read("answers: 100 at once by session on chat"), subject, 1);

    private RateLimiter open(String url, Timeouts timeouts) throws InterruptedException {
        return opener.open(opener.at(url).with(timeouts)).rateLimiter();
    }

    private Decision ask(RateLimiter limiter, String ticket) {
        return limiter.ask(List.of(chat, answers), ticket).await();
    }

    private boolean answers(RateLimiter limiter) {
        try {
            ask(limiter, "again");
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    private void assertRefusedSoon(RateLimiter limiter, String ticket) {
        long start = System.nanoTime();
        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> ask(limiter, ticket));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.plus(MARGIN));
    }

    @Test
    void a_server_that_says_nothing_is_not_waited_for_and_what_it_took_late_is_given_back() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            RateLimiter limiter = open(server.url(), LONG_MEMORY);
            RateLimiter other = opener.open(opener.at(server.url())).rateLimiter();
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
            server.freeze();
            for (int i = 0; i < 10; i++) {
                assertRefusedSoon(limiter, "ticket" + i);
            }
            server.thaw();
            String slots = new Keys(opener.prefix()).slots("answers", subject);
            await().atMost(HEALED_WITHIN)
                    .until(() ->
                            taken(other) == 1 && server.command("ZCARD", slots).equals("1"));
        }
    }

    /** In whatever order the server does what it was asked meanwhile. */
    @Test
    void what_flowed_in_before_it_is_given_back_is_not_given_twice() throws Exception {
        Check tenth = new Check(PolicyText.read("tenths: 10 per 100s by session on chat"), subject, 1);
        try (RedisProcess server = RedisProcess.start()) {
            ManualClock clock = new ManualClock();
            RedisConfig config = opener.at(server.url()).withClock(clock);
            RateLimiter late = opener.open(config.with(LONG_MEMORY)).rateLimiter();
            RateLimiter other = opener.open(config).rateLimiter();
            server.freeze();
            Asked unheard = late.ask(List.of(tenth), "ticket");
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(unheard::await);
            clock.advance(Duration.ofSeconds(20));
            Asked burst = other.ask(List.of(tenth.costing(10)), "ticket");
            server.thaw();
            assertThat(burst.await()).isInstanceOf(Decision.Admitted.class);
            // Behind whatever is given back, which is sent on the same connection as soon as it can be.
            late.ask(List.of(chat), "ticket").await();
            assertThat(other.ask(List.of(tenth), "ticket").await()).isInstanceOf(Decision.Refused.class);
        }
    }

    private long taken(RateLimiter limiter) {
        Check nothing = chat.costing(0);
        return MOST
                - limiter.ask(List.of(nothing), "other")
                        .await()
                        .standings()
                        .getFirst()
                        .remaining();
    }

    @Test
    void a_server_that_is_gone_is_refused_at_once_and_asked_again_when_it_is_back() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            RateLimiter limiter = open(server.url(), SHORT);
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
            server.kill();
            await().atMost(HEALED_WITHIN).until(() -> !answers(limiter));
            assertRefusedSoon(limiter, "ticket");
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> limiter.take(chat));
            server.restart();
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
        }
    }

    @Test
    void a_frozen_server_is_asked_again_when_it_goes_on() throws Exception {
        try (RedisProcess server = RedisProcess.start()) {
            RateLimiter limiter = open(server.url(), SHORT);
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
            server.freeze();
            await().during(SHORT.command().multipliedBy(2))
                    .atMost(HEALED_WITHIN)
                    .until(() -> !answers(limiter));
            server.thaw();
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
        }
    }

    @Test
    void a_copy_that_takes_the_masters_place_goes_on_counting() throws Exception {
        try (RedisSentinels servers = RedisSentinels.start()) {
            RateLimiter limiter = open(servers.url(), SHORT);
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
            RedisProcess first = servers.master();
            first.kill();
            servers.awaitMasterOtherThan(first.port());
            await().atMost(HEALED_WITHIN).until(() -> answers(limiter));
            limiter.take(chat.costing(MOST));
            assertThat(ask(limiter, "ticket")).isInstanceOf(Decision.Refused.class);
        }
    }
}
