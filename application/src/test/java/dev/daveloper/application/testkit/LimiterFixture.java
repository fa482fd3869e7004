package dev.daveloper.application.testkit;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.sessions.ClientAddress;
import dev.daveloper.domain.sessions.SessionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** A limiter in which nothing is taken yet, callers, and questions to it. */
abstract class LimiterFixture {
    static final Policy FOUR = PolicyText.read("four: 4 per 8s by session on chat");
    static final Policy TWO = PolicyText.read("two: 2 per 10s by address on chat");
    static final Policy ALL = PolicyText.read("all: 100 per 100s by global on chat");

    final ManualClock clock = new ManualClock();
    final Ids ids = new Ids(clock, new Random());
    final SessionId session = SessionId.next(ids);
    final Subject owner = Subject.of(session);
    final Subject address = Subject.of(new ClientAddress("c0000207"));
    private final AtomicInteger tickets = new AtomicInteger();
    RateLimiter limiter;

    /** One in which nothing is taken yet. Closing it is the subclass's business. */
    protected abstract RateLimiter open(InstantSource time) throws Exception;

    @BeforeEach
    void openLimiter() throws Exception {
        limiter = open(clock);
    }

    static Check ask(Policy policy, Subject subject) {
        return new Check(policy, subject, 1);
    }

    static Check ask(Policy policy, Subject subject, long cost) {
        return new Check(policy, subject, cost);
    }

    /** What is said to somebody who has not asked before. */
    Decision decide(Check... checks) {
        return limiter.ask(List.of(checks), "t" + tickets.incrementAndGet()).await();
    }

    boolean admits(Check... checks) {
        return decide(checks) instanceof Decision.Admitted;
    }

    boolean admits(String ticket, Check... checks) {
        return limiter.ask(List.of(checks), ticket).await() instanceof Decision.Admitted;
    }

    long left(Policy policy, Subject subject) {
        return decide(ask(policy, subject, 0)).standings().getFirst().remaining();
    }
}
