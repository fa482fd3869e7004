package dev.daveloper.redis;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.Status;
import java.util.List;

/** Writes in Redis, and looks whether it did so lately whenever it was asked. */
final class RedisProbe implements HealthProbe {
    private static final Script PROBE = Script.beside(RedisProbe.class, "probe");

    private final Redis redis;

    RedisProbe(Redis redis) {
        this.redis = redis;
    }

    @Override
    public String component() {
        return "redis";
    }

    @Override
    public boolean vital() {
        return true;
    }

    @Override
    public Finding check() {
        try {
            redis.run(PROBE, List.of(redis.keys().prefix() + ":probe"), redis.moment());
            return Finding.PASS;
        } catch (StoreUnavailable e) {
            return new Finding(Status.FAIL, "Redis does not answer.");
        }
    }
}
