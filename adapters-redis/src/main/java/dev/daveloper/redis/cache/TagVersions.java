package dev.daveloper.redis.cache;

import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Near;
import dev.daveloper.redis.Redis;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of tags and of the whole cache, by which entries are worth something: a new version makes worthless what
 * has the old one, however much that is. What Redis could not be told is owed to it, and until it knows, what depends
 * on that is not asked for here. Safe for use by many threads.
 */
final class TagVersions {
    /** Of what was never made worthless, or so long ago that no entry is left from before. */
    static final String FIRST = "0";

    /** No entry is kept longer than twice {@link Freshness#MAX}; the rest is for one that is long in the making. */
    static final Duration KEPT = Freshness.MAX.multipliedBy(2).plusHours(1);

    /** Owed versions; where there would be more, the whole cache is owed one instead. */
    static final int MAX_OWED = 10_000;

    private static final int PAID_AT_ONCE = 100;

    private final Redis redis;
    private final Keys keys;
    private final Asking asking;
    private final Near<String> near;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Object> owed = new ConcurrentHashMap<>();
    private final ReentrantLock paying = new ReentrantLock();

    /** @param near versions that were read */
    TagVersions(Redis redis, Asking asking, Near<String> near) {
        this.redis = redis;
        this.keys = redis.keys();
        this.asking = asking;
        this.near = near;
    }

    /** What an entry with these tags depends on, always in the same order. */
    List<String> namesFor(Set<Tag> tags) {
        return Stream.concat(Stream.of(keys.cacheAll()), tags.stream().sorted().map(keys::cacheTag))
                .toList();
    }

    /** What Redis said is the version of this name. */
    static String in(Map<String, byte[]> said, String name) {
        byte[] version = said.get(name);
        return version == null ? FIRST : new String(version, StandardCharsets.UTF_8);
    }

    /** Something that nobody else makes. */
    String fresh() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Answers whether Redis knows; where not, it is owed. */
    boolean renewTags(Set<Tag> tags) {
        return renew(tags.stream().map(keys::cacheTag).toList());
    }

    /** The same for the whole cache. */
    boolean renewAll() {
        return renew(List.of(keys.cacheAll()));
    }

    private boolean renew(List<String> names) {
        boolean told = tell(names);
        if (!told) {
            names.forEach(name -> owed.put(name, new Object()));
            if (owed.size() > MAX_OWED) {
                owed.put(keys.cacheAll(), new Object());
                owed.keySet().removeIf(name -> !name.equals(keys.cacheAll()));
            }
        }
        return told;
    }

    private boolean tell(Collection<String> names) {
        names.forEach(near::drop);
        SetArgs kept = SetArgs.Builder.px(KEPT);
        boolean told = asking.ask(deadline -> {
                    List<Redis.Call<String>> calls = new ArrayList<>();
                    for (String name : names) {
                        byte[] version = Redis.bytes(fresh());
                        calls.add(redis.send(commands -> commands.set(Redis.bytes(name), version, kept)));
                    }
                    calls.forEach(call -> call.await(deadline.left()));
                    return true;
                })
                .isPresent();
        names.forEach(near::drop);
        return told;
    }

    /** Pays what is owed, if anything, and answers whether Redis knows of all that was done to these. */
    boolean areTrue(List<String> names) {
        if (owed.isEmpty()) {
            return true;
        }
        if (paying.tryLock()) {
            try {
                Map<String, Object> some = owed.entrySet().stream()
                        .limit(PAID_AT_ONCE)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                if (tell(some.keySet())) {
                    some.forEach(owed::remove);
                }
            } finally {
                paying.unlock();
            }
        }
        return names.stream().noneMatch(owed::containsKey);
    }
}
