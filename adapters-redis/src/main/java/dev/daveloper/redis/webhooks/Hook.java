package dev.daveloper.redis.webhooks;

import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.redis.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The names of all that there is of an endpoint's deliveries. All of it lies in the endpoint's shard. Those that stand
 * alike are in one sorted set, by their ids, which sort by age.
 */
record Hook(Keys keys, EndpointId endpoint) {
    /** How long what was counted in an hour stays: longer than anybody asks for. */
    static final Duration KEPT = Duration.ofDays(8);

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** By when they are due. */
    String due() {
        return keys.hook(endpoint, "due");
    }

    /** By when their leases end. */
    String leased() {
        return keys.hook(endpoint, "leased");
    }

    String waiting() {
        return in(DeliveryState.Kind.WAITING);
    }

    String sending() {
        return in(DeliveryState.Kind.SENDING);
    }

    String delivered() {
        return in(DeliveryState.Kind.DELIVERED);
    }

    String dead() {
        return in(DeliveryState.Kind.DEAD);
    }

    String in(DeliveryState.Kind kind) {
        return keys.hook(endpoint, kind.wireName());
    }

    /** Its streak of failures, the last of them, and until when its rate is taken. */
    String standing() {
        return keys.hook(endpoint, "standing");
    }

    String hour(Instant moment) {
        return hour(hourOf(moment));
    }

    String hour(long number) {
        return keys.hook(endpoint, "hour:" + number);
    }

    static long hourOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), Duration.ofHours(1).toSeconds());
    }

    String delivery(DeliveryId id) {
        return deliveries() + id;
    }

    String deliveries() {
        return keys.deliveries(Keys.shardOf(endpoint));
    }

    String next() {
        return keys.hooksNext(Keys.shardOf(endpoint));
    }

    /** Every set that a delivery can be in. */
    List<String> sets() {
        return List.of(due(), leased(), waiting(), sending(), delivered(), dead());
    }

    /** Rounded up: nothing is due before its moment. */
    static long millis(Instant moment) {
        return moment.plusNanos(NANOS_PER_MILLI - 1).toEpochMilli();
    }
}
