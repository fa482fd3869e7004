package dev.daveloper.redis.cache;

import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.cache.Asking.Deadline;
import dev.daveloper.stored.cache.StoredEntry;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries and versions as they lie in Redis. Safe for use by many threads. */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Redis redis;
    private final LongAdder broken = new LongAdder();
    private final LongAdder sparedBytes = new LongAdder();

    Shelf(Redis redis) {
        this.redis = redis;
    }

    /**
     * What there is under these names, in one round trip; in a cluster the client asks each node for its own.
     *
     * @throws StoreUnavailable when the answer is not there in time
     */
    Map<String, byte[]> values(List<String> names, Deadline deadline) {
        byte[][] wanted = names.stream().map(Redis::bytes).toArray(byte[][]::new);
        List<KeyValue<byte[], byte[]>> said =
                redis.send(commands -> commands.mget(wanted)).await(deadline.left());
        Map<String, byte[]> values = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            if (said.get(i).hasValue()) {
                values.put(names.get(i), said.get(i).getValue());
            }
        }
        return values;
    }

    /** Empty for what cannot be read, which is counted and thrown away. */
    Optional<StoredEntry> entry(String name, byte[] form) {
        Optional<StoredEntry> read = StoredEntry.read(form);
        if (read.isEmpty()) {
            broken.increment();
            LOG.debug("what is kept under {} cannot be read", name);
            throwAway(name);
        }
        return read;
    }

    /** Nobody waits for it. */
    private void throwAway(String name) {
        try {
            redis.send(commands -> commands.unlink(Redis.bytes(name)));
        } catch (StoreUnavailable e) {
            LOG.trace("it stays until its time is over", e);
        }
    }

    /** @throws StoreUnavailable when it cannot be sent */
    Redis.Call<String> put(StoredEntry entry, Duration keep) {
        StoredEntry.Form form = entry.form();
        sparedBytes.add(form.sparedBytes());
        byte[] name = Redis.bytes(redis.keys().cached(entry.key()));
        SetArgs kept = SetArgs.Builder.px(keep);
        return redis.send(commands -> commands.set(name, form.bytes(), kept));
    }

    long broken() {
        return broken.sum();
    }

    long sparedBytes() {
        return sparedBytes.sum();
    }
}
