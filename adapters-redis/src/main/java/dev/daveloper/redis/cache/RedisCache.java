package dev.daveloper.redis.cache;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Near;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Script;
import dev.daveloper.stored.cache.StoredEntry;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps entries in Redis, for all nodes, and near what this node has read. An entry has the versions that its tags and
 * the whole cache had before it was made, and is worth something as long as these are the present ones; so to make many
 * worthless is to write one new version. Entries and versions are both held near, and what is found there is found
 * without asking anybody.
 *
 * <p>No call waits for Redis longer than a cache may cost. What another node has changed is seen here as soon as Redis
 * has told it, which takes about a round trip.
 */
public final class RedisCache implements Cache {
    private static final Script RELEASE = Script.beside(RedisCache.class, "release");

    /** Of the memory, one part of so many is for versions. */
    private static final int VERSIONS_PART = 8;

    /** What a version takes, about. */
    private static final int VERSION_BYTES = 64;

    /** Nothing near is believed longer. */
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(60);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Redis redis;
    private final Keys keys;
    private final InstantSource clock;
    private final Asking asking;
    private final Shelf shelf;
    private final Near<String> nearVersions;
    private final Near<StoredEntry> nearEntries;
    private final TagVersions versions;
    private final EntryPieces pieces;
    private final Canary canary;

    public RedisCache(Redis redis) {
        long nearBytes = redis.config().caching().nearBytes();
        this.redis = redis;
        this.keys = redis.keys();
        this.clock = redis.config().clock().orElse(InstantSource.system());
        this.asking = new Asking(redis.config().caching().patience());
        this.shelf = new Shelf(redis);
        this.nearVersions =
                new Near<>(redis.tracking(), nearBytes / VERSIONS_PART, TRUSTED_FOR, version -> VERSION_BYTES);
        this.nearEntries =
                new Near<>(redis.tracking(), nearBytes - nearBytes / VERSIONS_PART, TRUSTED_FOR, RedisCache::weight);
        this.versions = new TagVersions(redis, asking, nearVersions);
        this.pieces = new EntryPieces(redis, asking, shelf, versions, clock);
        this.canary = new Canary(redis);
    }

    private static int weight(StoredEntry stored) {
        return stored.entry().weight() + stored.key().name().length();
    }

    @Override
    public Lookup find(CacheKey key, Set<Tag> tags) {
        List<String> names = versions.namesFor(tags);
        if (!versions.areTrue(names)) {
            return new Lookup.Away();
        }
        List<Near<String>.Reading> readings =
                names.stream().map(nearVersions::begin).toList();
        Near<StoredEntry>.Reading entry = nearEntries.begin(keys.cached(key));
        List<String> unknown = new ArrayList<>();
        readings.stream().filter(Near.Reading::isUnknown).forEach(reading -> unknown.add(reading.name()));
        entry.known().ifPresentOrElse(known -> {}, () -> unknown.add(entry.name()));
        if (unknown.isEmpty()) {
            return lookup(key, tags, read(readings, Map.of()), entry.known(), true);
        }
        Optional<Map<String, byte[]>> said = asking.ask(deadline -> shelf.values(unknown, deadline));
        if (said.isEmpty()) {
            readings.forEach(Near.Reading::end);
            entry.end();
            return new Lookup.Away();
        }
        return lookup(key, tags, read(readings, said.get()), read(entry, said.get()), false);
    }

    private static List<String> read(List<Near<String>.Reading> readings, Map<String, byte[]> said) {
        List<String> present = new ArrayList<>(readings.size());
        for (Near<String>.Reading reading : readings) {
            present.add(reading.known().orElseGet(() -> {
                String version = TagVersions.in(said, reading.name());
                reading.hold(version);
                return version;
            }));
        }
        return present;
    }

    private Optional<StoredEntry> read(Near<StoredEntry>.Reading entry, Map<String, byte[]> said) {
        if (!entry.isUnknown()) {
            return entry.known();
        }
        Optional<StoredEntry> read =
                Optional.ofNullable(said.get(entry.name())).flatMap(form -> shelf.entry(entry.name(), form));
        read.ifPresentOrElse(entry::hold, entry::end);
        return read;
    }

    private Lookup lookup(
            CacheKey key, Set<Tag> tags, List<String> present, Optional<StoredEntry> stored, boolean near) {
        Ticket ticket = new Ticket(present);
        return stored.filter(found -> found.key().equals(key)
                        && found.entry().tags().equals(tags)
                        && found.versions().equals(present)
                        && found.entry().keep(clock.instant()).isPositive())
                .<Lookup>map(found -> new Lookup.Found(found.entry(), ticket, near))
                .orElseGet(() -> new Lookup.Absent(ticket));
    }

    /** Compares no versions: whoever finds it does. */
    @Override
    public boolean put(CacheKey key, Entry entry, Ticket ticket) {
        Duration keep = entry.keep(clock.instant());
        if (keep.compareTo(SHORTEST) < 0 || entry.content().bytes().length > Content.MAX_BYTES) {
            return false;
        }
        StoredEntry stored = new StoredEntry(key, entry, ticket.versions());
        nearEntries.drop(keys.cached(key));
        boolean kept = asking.ask(deadline -> shelf.put(stored, keep).await(deadline.left()))
                .isPresent();
        nearEntries.drop(keys.cached(key));
        return kept;
    }

    @Override
    public void remove(CacheKey key) {
        String name = keys.cached(key);
        nearEntries.drop(name);
        asking.ask(deadline ->
                redis.send(commands -> commands.unlink(Redis.bytes(name))).await(deadline.left()));
        nearEntries.drop(name);
    }

    @Override
    public boolean invalidate(Set<Tag> tags) {
        return versions.renewTags(tags);
    }

    @Override
    public boolean clear() {
        boolean told = versions.renewAll();
        nearEntries.flushed();
        return told;
    }

    /** While Redis does not answer everybody may make everything. */
    @Override
    public Optional<Claim> claim(CacheKey key, Duration atMost) {
        String name = keys.cacheClaim(key);
        String token = versions.fresh();
        SetArgs alone = SetArgs.Builder.nx().px(atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost);
        boolean taken = asking.ask(deadline -> {
                    String said = redis.send(commands -> commands.set(Redis.bytes(name), Redis.bytes(token), alone))
                            .await(deadline.left());
                    return said == null;
                })
                .orElse(false);
        return taken ? Optional.empty() : Optional.of(() -> release(name, token));
    }

    private void release(String name, String token) {
        asking.ask(deadline -> redis.send(RELEASE, List.of(name), token).await(deadline.left()));
    }

    @Override
    public Piece read(String cursor, int atMost) {
        return pieces.read(cursor, atMost);
    }

    @Override
    public int write(Collection<Kept> entries) {
        int written = pieces.write(List.copyOf(entries));
        entries.forEach(kept -> nearEntries.drop(keys.cached(kept.key())));
        return written;
    }

    @Override
    public Usage usage() {
        return new Usage(
                nearEntries.size(),
                nearEntries.bytes() + nearVersions.bytes(),
                nearEntries.evicted(),
                shelf.broken(),
                asking.isAway(),
                redis.tracking().armed(),
                shelf.sparedBytes(),
                canary.lag());
    }

    /** Measures from now on how late changes are heard of, which costs a command every ten seconds. */
    public void measureLag() {
        canary.start();
    }

    /** The way to Redis is closed by whoever opened it. */
    @Override
    public void close() {
        canary.close();
        nearEntries.flushed();
        nearVersions.flushed();
    }
}
