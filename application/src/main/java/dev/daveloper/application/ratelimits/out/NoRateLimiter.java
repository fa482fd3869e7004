package dev.daveloper.application.ratelimits.out;

import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Counts nothing and refuses nobody. */
final class NoRateLimiter implements RateLimiter {
    @Override
    public Asked ask(List<Check> checks, String ticket) {
        List<Standing> standings = checks.stream()
                .map(check ->
                        new Standing(check.policy(), check.policy().limit().most(), Duration.ZERO, false))
                .toList();
        return () -> new Decision.Admitted(standings);
    }

    @Override
    public void take(Check check) {}

    @Override
    public void giveBack(Check check) {}

    @Override
    public void renew(Collection<Slot> slots) {}

    @Override
    public void release(Collection<Slot> slots) {}

    @Override
    public void hold(RunRef run, List<Check> taken, Duration keep) {}

    @Override
    public void settle(RunRef run, long used) {}

    /** Where policies are as they were configured. */
    static final class Unchanged implements PolicyStore {
        @Override
        public Map<String, String> changes() {
            return Map.of();
        }

        @Override
        public boolean put(String policy, String sentence) {
            return false;
        }

        @Override
        public void remove(String policy) {}
    }
}
