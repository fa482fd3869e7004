package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheStats;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Kept;
import dev.daveloper.application.cache.out.Cache.Lookup;
import dev.daveloper.application.cache.out.Cache.Piece;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What operators may do with the cache. */
final class CacheControlService implements CacheControl {
    /** How many entries are read or put in one go. */
    static final int PIECE = 100;

    /** Between two that are made ahead, so that whoever makes them has time for others. */
    static final long WARM_PAUSE_NANOS = 20_000_000;

    private final Cache cache;
    private final CacheService service;
    private final CacheCounts counts;
    private final InstantSource clock;
    private volatile Map<String, Warmable> warmables = Map.of();

    CacheControlService(Cache cache, CacheService service, CacheCounts counts, InstantSource clock) {
        this.cache = cache;
        this.service = service;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public CacheStats stats() {
        return counts.stats(cache.usage());
    }

    @Override
    public boolean forget(Set<Tag> tags) {
        counts.invalidated(tags);
        boolean told = cache.invalidate(tags);
        service.forgetFlights(tags);
        return told;
    }

    @Override
    public boolean forgetAll() {
        boolean told = cache.clear();
        service.forgetAllFlights();
        return told;
    }

    @Override
    public void register(List<Warmable> all) {
        Map<String, Warmable> byName = new LinkedHashMap<>();
        all.forEach(warmable -> byName.put(warmable.name(), warmable));
        warmables = byName;
    }

    @Override
    public List<String> warmable() {
        return List.copyOf(warmables.keySet());
    }

    /** Those that are asked for most come first: what was asked for before is what will be asked for. */
    @Override
    public Warmed warm(List<String> names, Consumer<Warmed> progress) throws InterruptedException {
        List<Warmable> chosen = new ArrayList<>(names.stream().map(this::known).toList());
        List<String> hottest =
                counts.hottestShared().stream().map(key -> key.text()).toList();
        chosen.sort(Comparator.comparingInt(warmable -> {
            int place = hottest.indexOf(warmable.question().key().text());
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        Warmed so = new Warmed(chosen.size(), 0, 0, 0);
        for (Warmable warmable : chosen) {
            so = warmed(warmable, so);
            progress.accept(so);
            LockSupport.parkNanos(WARM_PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return so;
    }

    private Warmable known(String name) {
        Warmable known = warmables.get(name);
        if (known == null) {
            throw new InvalidRequest(
                    "#/names", "There is nothing of the name '" + name + "' to be made ahead, but " + warmable() + ".");
        }
        return known;
    }

    private Warmed warmed(Warmable warmable, Warmed so) throws InterruptedException {
        Question question = warmable.question();
        if (isFresh(question)) {
            return new Warmed(so.of(), so.made(), so.fresh() + 1, so.failed());
        }
        try {
            service.get(question, warmable.loader());
            return new Warmed(so.of(), so.made() + 1, so.fresh(), so.failed());
        } catch (GatewayException e) {
            return new Warmed(so.of(), so.made(), so.fresh(), so.failed() + 1);
        }
    }

    private boolean isFresh(Question question) {
        return cache.find(question.key(), question.tags()) instanceof Lookup.Found found
                && found.entry().isFresh(clock.instant());
    }

    @Override
    public long backup(OutputStream out) throws IOException {
        BackupFile.Writing file = new BackupFile.Writing(out);
        String cursor = "";
        do {
            Piece piece = cache.read(cursor, PIECE);
            for (Kept kept : piece.entries()) {
                file.add(kept);
            }
            cursor = piece.next();
        } while (!cursor.isEmpty());
        if (cache.usage().away()) {
            // What ends here for want of an answer must not look whole.
            throw new StoreUnavailable(new IllegalStateException("away while it was read"));
        }
        return file.finish();
    }

    @Override
    public Restored restore(InputStream in) throws IOException {
        BackupFile.Reading file = new BackupFile.Reading(in);
        Restored so = new Restored(0, 0);
        List<Kept> some = new ArrayList<>();
        for (Kept next = file.next(); next != null; next = file.next()) {
            some.add(next);
            if (some.size() == PIECE) {
                so = put(some, so);
            }
        }
        return put(some, so);
    }

    private Restored put(List<Kept> some, Restored so) {
        Instant now = clock.instant();
        List<Kept> alive = some.stream()
                .filter(kept -> kept.entry().keep(now).isPositive())
                .toList();
        int put = cache.write(alive);
        Restored after = new Restored(so.entries() + put, so.expired() + some.size() - alive.size());
        some.clear();
        return after;
    }
}
