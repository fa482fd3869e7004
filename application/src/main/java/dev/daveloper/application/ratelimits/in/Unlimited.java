package dev.daveloper.application.ratelimits.in;

import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What holds where there are no policies. */
public final class Unlimited implements RateLimits {
    /** Given to whom nothing is counted. */
    public static final Admission FREE = new Admission() {
        @Override
        public List<Standing> standings() {
            return List.of();
        }

        @Override
        public Allowance allowance() {
            return Allowance.UNLIMITED;
        }

        @Override
        public void cameBytes(long bytes) {}

        @Override
        public void close() {}
    };

    @Override
    public boolean countsSessions(Set<Target> targets) {
        return false;
    }

    @Override
    public Asked ask(Call call) {
        return () -> FREE;
    }

    @Override
    public void settle(RunRef run, long tokens) {}

    @Override
    public List<Effective> policies() {
        return List.of();
    }

    @Override
    public void change(Policy policy) {
        throw new NotFound("policy");
    }

    @Override
    public void switchOff(String policy) {
        throw new NotFound("policy");
    }

    @Override
    public void reset(String policy) {
        throw new NotFound("policy");
    }

    @Override
    public LimitStats stats() {
        return new LimitStats(Instant.EPOCH, 0, 0, false, Duration.ZERO, Duration.ZERO, List.of(), List.of());
    }
}
