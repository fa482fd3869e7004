package dev.daveloper.domain.webhooks;

import dev.daveloper.domain.Ids;
import java.time.Duration;
import java.time.Instant;

/**
 * For how long an event that cannot be read is left alone, because the key is not configured that sealed it, or
 * because it was damaged: as long again as it has waited, a minute at least and an hour at most. So a key that comes
 * late delays what is young by little, and what is never read again costs little.
 */
public final class PutOff {
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    /** Deliveries of one endpoint that are put off in one call; those behind more of them go on with the next. */
    public static final int MOST_AT_ONCE = 1_000;

    private PutOff() {}

    /** When the delivery is tried again, which is as old as its event. */
    public static Instant until(DeliveryId delivery, Instant now) {
        Duration age = Duration.between(Ids.madeAt(DeliveryId.PREFIX, delivery.value()), now);
        if (age.compareTo(SHORTEST) < 0) {
            return now.plus(SHORTEST);
        }
        return now.plus(age.compareTo(LONGEST) > 0 ? LONGEST : age);
    }
}
