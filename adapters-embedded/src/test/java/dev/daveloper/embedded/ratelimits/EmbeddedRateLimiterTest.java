package dev.daveloper.embedded.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.RateLimiterContract;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedRateLimiterTest extends RateLimiterContract {
    private static final Policy DAILY = PolicyText.read("daily: 10 per 1d by address on chat");

    private final ManualClock clock = new ManualClock();
    private final EmbeddedRateLimiter limiter = new EmbeddedRateLimiter(clock);

    @Override
    protected RateLimiter open(InstantSource time) {
        return new EmbeddedRateLimiter(time);
    }

    private static Check of(int address, long cost) {
        return new Check(DAILY, Subject.of(new ClientAddress("%08x".formatted(address))), cost);
    }

    @Test
    void no_more_is_kept_than_may_be() {
        EmbeddedRateLimiter small = new EmbeddedRateLimiter(clock, 100);
        for (int i = 0; i < 5_000; i++) {
            small.ask(List.of(of(i, 1)), "t").await();
        }
        assertThat(small.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void a_clock_that_is_put_back_refuses_nobody_for_longer_than_before() {
        limiter.ask(List.of(of(1, 10)), "t").await();
        clock.advance(Duration.ofDays(-400));
        assertThat(limiter.ask(List.of(of(1, 1)), "t").await()).isInstanceOf(Decision.Refused.class);
        clock.advance(Duration.ofMinutes(144));
        assertThat(limiter.ask(List.of(of(1, 1)), "t").await()).isInstanceOf(Decision.Admitted.class);
    }
}
