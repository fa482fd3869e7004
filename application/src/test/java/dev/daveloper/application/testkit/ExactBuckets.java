package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token buckets that are filled evenly and reckoned with 60 digits: what rate limits mean, without the way in which
 * they are kept. Where a level is within {@link #ROUNDING} of what is wanted, either decision is right, because the
 * rule rounds up to microseconds.
 */
final class ExactBuckets {
    private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);
    private static final BigDecimal ROUNDING = new BigDecimal("0.5");

    private final Map<List<Object>, Bucket> buckets = new HashMap<>();
    private int admitted;
    private int refused;

    private static final class Bucket {
        BigDecimal level;
        Instant at;
    }

    int admitted() {
        return admitted;
    }

    int refused() {
        return refused;
    }

    void compare(int step, Instant now, List<Check> checks, Decision decision) {
        boolean fits = true;
        boolean close = false;
        for (Check check : checks) {
            BigDecimal spare = at(check, now).level.subtract(BigDecimal.valueOf(check.cost()));
            // What rounding has kept back so far is far below one, and only ever makes it refuse.
            close |= spare.signum() >= 0 && spare.compareTo(ROUNDING) < 0;
            fits &= spare.signum() >= 0;
        }
        boolean admits = decision instanceof Decision.Admitted;
        if (!close) {
            assertThat(admits).as("step %s", step).isEqualTo(fits);
        } else if (admits) {
            assertThat(fits).as("step %s", step).isTrue();
        }
        for (int i = 0; i < checks.size(); i++) {
            Bucket bucket = at(checks.get(i), now);
            if (admits) {
                bucket.level =
                        bucket.level.subtract(BigDecimal.valueOf(checks.get(i).cost()));
            }
            Standing standing = decision.standings().get(i);
            assertThat(BigDecimal.valueOf(standing.remaining())
                            .subtract(bucket.level)
                            .abs())
                    .as("step %s, %s of %s", step, standing.remaining(), bucket.level)
                    .isLessThanOrEqualTo(BigDecimal.valueOf(2));
        }
        admitted += admits ? 1 : 0;
        refused += admits ? 0 : 1;
    }

    private Bucket at(Check check, Instant now) {
        Rate rate = (Rate) check.policy().limit();
        Bucket bucket = buckets.computeIfAbsent(List.of(check.policy().name(), check.subject()), key -> {
            Bucket full = new Bucket();
            full.level = BigDecimal.valueOf(rate.burst());
            full.at = now;
            return full;
        });
        BigDecimal in = BigDecimal.valueOf(Duration.between(bucket.at, now).toNanos())
                .multiply(BigDecimal.valueOf(rate.quota()))
                .divide(BigDecimal.valueOf(rate.window().toNanos()), DIGITS);
        bucket.level = bucket.level.add(in).min(BigDecimal.valueOf(rate.burst()));
        bucket.at = now;
        return bucket;
    }
}
