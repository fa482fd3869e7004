package dev.daveloper.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a node hears of changes in its Redis. */
final class Heard implements Tracking.Listener, AutoCloseable {
    private final Redis redis;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger flushes = new AtomicInteger();

    private Heard(Redis redis) {
        this.redis = redis;
    }

    static Heard by(RedisConfig config) {
        Heard heard = new Heard(new Redis(config));
        heard.redis.tracking().listen(heard);
        heard.redis.start(new Redis.Listening(new RedisPubSubAdapter<>() {}, List.of("none")));
        return heard;
    }

    boolean armed() {
        return redis.tracking().armed();
    }

    /** The keys whose changes were heard of since the start or {@link #forget}. */
    Set<String> keys() {
        return keys;
    }

    int flushes() {
        return flushes.get();
    }

    void forget() {
        keys.clear();
        flushes.set(0);
    }

    @Override
    public void invalidated(byte[] key) {
        keys.add(new String(key, StandardCharsets.UTF_8));
    }

    @Override
    public void flushed() {
        flushes.incrementAndGet();
    }

    @Override
    public void close() {
        redis.close();
    }
}
