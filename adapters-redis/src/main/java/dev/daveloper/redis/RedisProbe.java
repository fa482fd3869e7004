package dev.daveloper.redis;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.health.ErrorClass;
import java.time.Duration;
import java.util.List;

/** Writes in Redis, and meanwhile asks every server of it by itself. */
final class RedisProbe implements HealthProbe {
    private static final Script PROBE = Script.beside(RedisProbe.class, "probe");

    /** For all servers; less than a probe may take, so that one of them does not speak for all. */
    private static final Duration MAX_PATIENCE = Duration.ofSeconds(1);

    private final Redis redis;
    private final ServersProbe servers;

    RedisProbe(Redis redis) {
        this.redis = redis;
        Duration command = redis.config().timeouts().command();
        this.servers = new ServersProbe(redis.servers(), command.compareTo(MAX_PATIENCE) < 0 ? command : MAX_PATIENCE);
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
    public Finding check() throws InterruptedException {
        try {
            Redis.Call<Reply> written = redis.send(PROBE, List.of(redis.keys().prefix() + ":probe"), redis.moment());
            List<Part> parts = servers.ask();
            return written(written).with(parts);
        } catch (StoreUnavailable e) {
            return away(e).with(servers.ask());
        }
    }

    private static Finding written(Redis.Call<Reply> written) {
        try {
            Reply unused = written.await();
            return Finding.PASS;
        } catch (StoreUnavailable e) {
            return away(e);
        }
    }

    private static Finding away(StoreUnavailable failure) {
        ErrorClass kind = Absence.kindOf(failure);
        return Finding.failing(
                kind,
                switch (kind) {
                    case TIMEOUT -> "Redis does not answer.";
                    case UNAUTHENTICATED -> "Redis refuses our password or our user.";
                    case FULL -> "Redis has no room.";
                    default -> "Redis cannot be written to.";
                });
    }
}
