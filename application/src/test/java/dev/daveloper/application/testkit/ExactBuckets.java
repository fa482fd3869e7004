package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token buckets that fill evenly, reckoned without rounding: what rate limits mean, not the way in which they are kept.
 * Where the time of one token is whole microseconds, a limiter has to say the same to the last one. Elsewhere it may
 * have kept back a microsecond for each time that something was taken since the bucket was full, and given one too much
 * for each time that something was given back; whatever lies outside of that is wrong.
 */
final class ExactBuckets {
    private final Map<List<Object>, Bucket> buckets = new HashMap<>();
    private int admitted;
    private int refused;

    int admitted() {
        return admitted;
    }

    int refused() {
        return refused;
    }

    void take(Instant now, Check check) {
        at(check, now).take(check.cost());
    }

    void giveBack(Instant now, Check check) {
        at(check, now).giveBack(check.cost());
    }

    void compare(int step, Instant now, List<Check> checks, Decision decision) {
        boolean admits = decision.standings().stream()
                .noneMatch(standing -> standing.refused() && !standing.policy().shadow());
        assertThat(decision instanceof Decision.Admitted).as("step %s", step).isEqualTo(admits);
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            Standing standing = decision.standings().get(i);
            Bucket bucket = at(check, now);
            assertThat(standing.refused() ? bucket.mayRefuse(check.cost()) : bucket.mayAdmit(check.cost()))
                    .as("step %s: %s of %s", step, standing, bucket)
                    .isTrue();
            if (admits && !standing.refused()) {
                bucket.take(check.cost());
            }
            bucket.requireLike(step, check.cost(), standing);
        }
        admitted += admits ? 1 : 0;
        refused += admits ? 0 : 1;
    }

    private Bucket at(Check check, Instant now) {
        Bucket bucket = buckets.computeIfAbsent(
                List.of(check.policy().name(), check.subject()),
                key -> new Bucket((Rate) check.policy().limit(), now));
        bucket.fillUntil(now);
        return bucket;
    }

    /** Its level is counted in tokens by the nanoseconds of the window, which are whole numbers. */
    private static final class Bucket {
        private static final long NANOS_PER_MICRO = 1_000;

        private final Rate rate;
        private final BigInteger full;
        private final BigInteger rounding;
        private BigInteger level;
        private BigInteger tooLittle = BigInteger.ZERO;
        private BigInteger tooMuch;
        private Instant filledAt;

        Bucket(Rate rate, Instant now) {
            this.rate = rate;
            this.full = tokens(rate.burst());
            this.level = full;
            boolean whole = rate.window().toNanos() % (rate.quota() * NANOS_PER_MICRO) == 0;
            this.rounding = whole ? BigInteger.ZERO : inflow(Duration.ofNanos(NANOS_PER_MICRO));
            // A burst is rounded up like all else.
            this.tooMuch = rounding;
            this.filledAt = now;
        }

        void fillUntil(Instant now) {
            BigInteger filled = level.add(inflow(Duration.between(filledAt, now)));
            filledAt = now;
            if (filled.compareTo(full.add(tooLittle)) >= 0) {
                tooLittle = BigInteger.ZERO;
            }
            fillTo(filled);
        }

        void take(long cost) {
            level = level.subtract(tokens(cost));
            tooLittle = tooLittle.add(rounding);
        }

        void giveBack(long cost) {
            tooMuch = tooMuch.add(rounding);
            fillTo(level.add(tokens(cost)));
        }

        private void fillTo(BigInteger filled) {
            level = filled.min(full);
            if (level.equals(full)) {
                tooMuch = rounding;
            }
        }

        boolean mayAdmit(long cost) {
            return level.add(tooMuch).compareTo(tokens(cost)) >= 0;
        }

        boolean mayRefuse(long cost) {
            return level.subtract(tooLittle).compareTo(tokens(cost)) < 0;
        }

        void requireLike(int step, long cost, Standing standing) {
            long remaining = standing.remaining();
            assertThat(remaining == 0 || mayAdmit(remaining))
                    .as("step %s: no more than %s is left, not %s", step, this, remaining)
                    .isTrue();
            assertThat(remaining == rate.burst() || mayRefuse(remaining + 1))
                    .as("step %s: as much as %s is left, not %s", step, this, remaining)
                    .isTrue();
            if (standing.refused() || remaining < rate.burst()) {
                BigInteger wanted = tokens(standing.refused() ? cost : remaining + 1);
                assertThat(level.add(inflow(standing.untilMore())))
                        .as("step %s: what is there of %s after %s", step, this, standing.untilMore())
                        .isBetween(
                                wanted.subtract(tooMuch), wanted.add(tooLittle).add(rounding));
            }
        }

        private BigInteger tokens(long number) {
            return BigInteger.valueOf(number)
                    .multiply(BigInteger.valueOf(rate.window().toNanos()));
        }

        private BigInteger inflow(Duration time) {
            return BigInteger.valueOf(time.toNanos()).multiply(BigInteger.valueOf(rate.quota()));
        }

        @Override
        public String toString() {
            return level.doubleValue() / rate.window().toNanos() + " of " + rate.burst();
        }
    }
}
