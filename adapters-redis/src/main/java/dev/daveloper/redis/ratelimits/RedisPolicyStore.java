package dev.daveloper.redis.ratelimits;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Script;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changed policies in one hash. */
public final class RedisPolicyStore implements PolicyStore {
    private static final Script PUT = Script.beside(RedisPolicyStore.class, "put-policy");

    private final Redis redis;
    private final String key;

    public RedisPolicyStore(Redis redis) {
        this.redis = redis;
        this.key = redis.keys().policies();
    }

    @Override
    public Map<String, String> changes() {
        Map<byte[], byte[]> found =
                redis.send(commands -> commands.hgetall(Redis.bytes(key))).await();
        Map<String, String> changes = new HashMap<>();
        found.forEach((policy, sentence) -> changes.put(text(policy), text(sentence)));
        return Map.copyOf(changes);
    }

    @Override
    public boolean put(String policy, String sentence) {
        return redis.run(PUT, List.of(key), policy, sentence, MAX_CHANGES).number(0) == 1;
    }

    @Override
    public void remove(String policy) {
        redis.send(commands -> commands.hdel(Redis.bytes(key), Redis.bytes(policy)))
                .await();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
