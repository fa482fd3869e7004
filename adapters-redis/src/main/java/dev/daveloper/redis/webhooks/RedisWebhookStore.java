package dev.daveloper.redis.webhooks;

import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.WebhookRefused;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.chat.Place;
import dev.daveloper.stored.webhooks.EndpointCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Endpoints in one hash, each sealed as a whole with its version beside it. Without keys none is added: its secret
 * would lie open. What an old key sealed is sealed by the first when the endpoint is changed the next time.
 */
public final class RedisWebhookStore implements WebhookStore {
    private static final Script PUT = Script.beside(RedisWebhookStore.class, "put-endpoint");
    private static final Script REMOVE = Script.beside(RedisWebhookStore.class, "remove-endpoint");

    private final Redis redis;
    private final String key;
    private final ContentKeys keys;
    private final Shards shards;

    public RedisWebhookStore(Redis redis, Shards shards) {
        this.redis = redis;
        this.key = redis.keys().webhooks();
        this.keys = redis.config().contentKeys();
        this.shards = shards;
    }

    @Override
    public List<Endpoint> all() {
        Map<byte[], byte[]> found =
                redis.send(commands -> commands.hgetall(Redis.bytes(key))).await();
        List<Endpoint> endpoints = new ArrayList<>();
        found.forEach((field, record) -> {
            String name = new String(field, StandardCharsets.US_ASCII);
            if (name.indexOf(':') < 0) {
                Place place = Place.of(new EndpointId(name));
                endpoints.add(EndpointCodec.decode(keys.open(record, place.context())));
            }
        });
        endpoints.sort(Comparator.comparing(Endpoint::createdAt)
                .thenComparing(endpoint -> endpoint.id().value()));
        endpoints.forEach(endpoint -> shards.used(endpoint.id()));
        return endpoints;
    }

    @Override
    public boolean add(Endpoint endpoint, int max) {
        return put(endpoint, max);
    }

    @Override
    public boolean replace(Endpoint changed) {
        return put(changed, "");
    }

    private boolean put(Endpoint endpoint, Object max) {
        if (keys.writer().isEmpty()) {
            throw WebhookRefused.unprotected();
        }
        byte[] record = keys.seal(
                EndpointCodec.encode(endpoint), Place.of(endpoint.id()).context());
        return redis.run(PUT, List.of(key), endpoint.id(), endpoint.version(), record, max)
                        .number(0)
                == 1;
    }

    @Override
    public boolean remove(EndpointId endpoint, long version) {
        return redis.run(REMOVE, List.of(key), endpoint, version).number(0) == 1;
    }
}
