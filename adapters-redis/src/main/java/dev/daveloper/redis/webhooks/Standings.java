package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.DeliveryQueue.Backlog;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointStats;
import dev.daveloper.domain.webhooks.FailureStreak;
import dev.daveloper.domain.webhooks.Latencies;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.webhooks.AttemptsCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How deliveries to an endpoint went: a hash for each hour, and one for how it stands. */
final class Standings {
    private static final String TROUBLE = "trouble:";
    private static final String LATENCY = "latency:";

    /** Hours that are kept. */
    private static final long MAX_HOURS = Hook.KEPT.toHours();

    private final Redis redis;

    Standings(Redis redis) {
        this.redis = redis;
    }

    /** What a script said: when the streak began, how long it is, since when it is certain. */
    static FailureStreak streak(Reply reply) {
        return new FailureStreak(moment(reply.text(0)), reply.number(1), moment(reply.text(2)));
    }

    private static Optional<Instant> moment(String nanos) {
        return nanos.isEmpty() ? Optional.empty() : Optional.of(EpochNanos.at(Long.parseLong(nanos)));
    }

    EndpointStats since(EndpointId endpoint, Instant since, Instant now, Backlog backlog) {
        Hook hook = new Hook(redis.keys(), endpoint);
        long last = Hook.hourOf(now);
        List<Redis.Call<Map<byte[], byte[]>>> hours = new ArrayList<>();
        for (long hour = Math.max(Hook.hourOf(since), last - MAX_HOURS); hour <= last; hour++) {
            byte[] name = Redis.bytes(hook.hour(hour));
            hours.add(redis.send(commands -> commands.hgetall(name)));
        }
        Redis.Call<Map<byte[], byte[]>> standing =
                redis.send(commands -> commands.hgetall(Redis.bytes(hook.standing())));
        Map<String, Long> sums = new HashMap<>();
        hours.forEach(hour ->
                hour.await().forEach((what, count) -> sums.merge(text(what), Long.parseLong(text(count)), Long::sum)));
        Map<String, byte[]> stands = new HashMap<>();
        standing.await().forEach((what, value) -> stands.put(text(what), value));
        return new EndpointStats(
                since.truncatedTo(ChronoUnit.HOURS),
                troubles(sums),
                sums.getOrDefault("delivered", 0L),
                sums.getOrDefault("dead", 0L),
                latencies(sums),
                backlog.waiting(),
                backlog.oldest(),
                lastFailure(stands),
                streak(stands));
    }

    private static Map<Trouble, Long> troubles(Map<String, Long> sums) {
        Map<Trouble, Long> troubles = new EnumMap<>(Trouble.class);
        for (Trouble trouble : Trouble.values()) {
            Long count = sums.get(TROUBLE + trouble.wireName());
            if (count != null) {
                troubles.put(trouble, count);
            }
        }
        return troubles;
    }

    private static Latencies latencies(Map<String, Long> sums) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(Latencies.CLASSES, 0L));
        for (int i = 0; i < Latencies.CLASSES; i++) {
            counts.set(i, sums.getOrDefault(LATENCY + i, 0L));
        }
        return new Latencies(counts);
    }

    private static Optional<Attempt> lastFailure(Map<String, byte[]> stands) {
        return Optional.ofNullable(stands.get("lastFailure"))
                .map(stored -> AttemptsCodec.decode(stored).getFirst());
    }

    private static FailureStreak streak(Map<String, byte[]> stands) {
        byte[] failures = stands.get("failures");
        return failures == null
                ? FailureStreak.NONE
                : new FailureStreak(moment(stands, "first"), Long.parseLong(text(failures)), moment(stands, "certain"));
    }

    private static Optional<Instant> moment(Map<String, byte[]> stands, String what) {
        return Optional.ofNullable(stands.get(what)).flatMap(nanos -> moment(text(nanos)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
