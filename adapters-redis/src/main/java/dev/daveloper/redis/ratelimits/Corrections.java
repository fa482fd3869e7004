package dev.daveloper.redis.ratelimits;

import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import java.util.ArrayList;
import java.util.List;

/** Moves what is taken of rates. */
final class Corrections {
    private static final Script CORRECT = Script.beside(Corrections.class, "correct");

    private final Redis redis;
    private final Reach reach;

    Corrections(Redis redis) {
        this.redis = redis;
        this.reach = Reach.of(redis);
    }

    /** @param micros less than 0 to give back */
    record Correction(String key, long micros) {
        static Correction taking(String key, Rate rate, long cost) {
            return new Correction(key, rate.microsOf(cost));
        }

        static Correction givingBack(String key, Rate rate, long cost) {
            return new Correction(key, -rate.microsOf(cost));
        }
    }

    /** Sends them and returns at once. */
    List<Redis.Call<Reply>> send(List<Correction> corrections) {
        return send(corrections, "");
    }

    /**
     * Gives back what was taken at that moment, but for what may have flowed in since: whoever came meanwhile may have
     * had that already.
     */
    List<Redis.Call<Reply>> sendBack(List<Correction> corrections, long sinceMicros) {
        return send(corrections, Long.toString(sinceMicros));
    }

    private List<Redis.Call<Reply>> send(List<Correction> corrections, String since) {
        List<Redis.Call<Reply>> calls = new ArrayList<>();
        for (List<Correction> group : reach.groups(corrections, Correction::key)) {
            List<Object> values = new ArrayList<>();
            values.add(redis.moment());
            values.add(since);
            group.forEach(correction -> values.add(correction.micros()));
            calls.add(redis.send(CORRECT, group.stream().map(Correction::key).toList(), values.toArray()));
        }
        return calls;
    }
}
