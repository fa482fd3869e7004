package dev.daveloper.application.cache;

import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.cache.out.Cache.Lookup;
import dev.daveloper.application.cache.out.Cache.Ticket;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Demand.Use;
import dev.daveloper.domain.cache.EarlyRefresh;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is given what is kept, and who has it made. One caller makes for all: for those of this node by a
 * {@link Flight}, for those of others by a claim. What is about to be stale is made anew in the background.
 */
final class CacheService implements Caching {
    /** How long a caller waits for what another has made. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long another node may take to make something before this one does it as well. */
    static final Duration CLAIM = Duration.ofSeconds(10);

    /** How often is looked whether another node is done. */
    static final Duration LOOK = Duration.ofMillis(20);

    /** What is made in the background at once; what finds no place is made when somebody needs it. */
    static final int MAX_REFRESHES = 32;

    /** Entries that were made at once are not stale at once: each is fresh for up to a tenth more or less. */
    private static final double JITTER = 0.1;

    private final Cache cache;
    private final CacheCounts counts;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final EventListener listener;
    private final Map<Flight.Name, Flight> flights = new ConcurrentHashMap<>();
    private final Map<CacheKey, Thread> refreshing = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MAX_REFRESHES);
    private volatile boolean closed;

    CacheService(Cache cache, CacheCounts counts, RandomGenerator random, InstantSource clock, EventListener listener) {
        this.cache = cache;
        this.counts = counts;
        this.random = random;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Optional<Answer> get(Question question, Loader loader) throws InterruptedException {
        if (question.freshness().isNone()) {
            return Optional.of(bypass(question, loader));
        }
        Lookup lookup = cache.find(question.key(), question.tags());
        Instant now = clock.instant();
        if (lookup instanceof Lookup.Found found) {
            Use use = question.demand().of(found.entry(), now);
            if (use != Use.NONE) {
                return Optional.of(given(question, loader, found, use, now));
            }
        }
        if (question.demand().onlyKept()) {
            return Optional.empty();
        }
        Answer made = question.demand().reload() || !question.demand().keep()
                ? made(question, loader, lookup, How.REQUESTED)
                : together(question, loader, lookup);
        counts.given(question.key(), made.how(), made.entry(), false, clock.instant());
        return Optional.of(made);
    }

    private Answer bypass(Question question, Loader loader) throws InterruptedException {
        Entry entry = load(question, loader);
        counts.given(question.key(), How.BYPASS, entry, false, entry.storedAt());
        return new Answer(entry, How.BYPASS, false);
    }

    private Answer given(Question question, Loader loader, Lookup.Found found, Use use, Instant now) {
        boolean early = use == Use.FRESH && EarlyRefresh.isDue(found.entry(), now, random);
        if (question.demand().keep() && (early || use == Use.WHILE_REVALIDATED)) {
            refresh(question, loader);
        }
        How how = use == Use.FRESH ? How.HIT : How.STALE;
        counts.given(question.key(), how, found.entry(), found.near(), now);
        return new Answer(found.entry(), how, true);
    }

    /** One makes it, the others wait. */
    private Answer together(Question question, Loader loader, Lookup lookup) throws InterruptedException {
        Flight mine = new Flight(question.tags());
        Flight.Name name = new Flight.Name(question.key(), ticketOf(lookup));
        Flight other = flights.putIfAbsent(name, mine);
        if (other != null) {
            Answer landed = other.await(PATIENCE);
            return new Answer(landed.entry(), How.COLLAPSED, landed.kept());
        }
        try {
            Answer made = lead(question, loader, lookup);
            mine.landed(made);
            return made;
        } catch (RuntimeException | InterruptedException e) {
            mine.failed(e instanceof RuntimeException ? e : AtCapacity.waiting());
            throw e;
        } finally {
            flights.remove(name, mine);
        }
    }

    private Answer lead(Question question, Loader loader, Lookup lookup) throws InterruptedException {
        How how = lookup instanceof Lookup.Found ? How.EXPIRED : How.MISS;
        if (lookup instanceof Lookup.Away) {
            return made(question, loader, lookup, How.BYPASS);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Cache.Claim> claim = cache.claim(question.key(), CLAIM);
            boolean mine = claim.isPresent() || System.nanoTime() > deadline;
            try {
                if (!mine) {
                    pause();
                }
                // Also with the claim: it may be free because another was done a moment ago.
                Optional<Answer> other = madeElsewhere(question);
                if (mine || other.isPresent()) {
                    return other.isPresent() ? other.get() : made(question, loader, lookup, how);
                }
            } finally {
                claim.ifPresent(Cache.Claim::close);
            }
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(LOOK.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Whether another node has made it meanwhile. */
    private Optional<Answer> madeElsewhere(Question question) {
        return cache.find(question.key(), question.tags()) instanceof Lookup.Found found
                        && question.demand().of(found.entry(), clock.instant()) == Use.FRESH
                ? Optional.of(new Answer(found.entry(), How.COLLAPSED, true))
                : Optional.empty();
    }

    private Answer made(Question question, Loader loader, Lookup lookup, How how) throws InterruptedException {
        Entry entry;
        try {
            entry = load(question, loader);
        } catch (GatewayException e) {
            if (lookup instanceof Lookup.Found found
                    && Upstream.failedBy(e)
                    && question.demand().acceptsOnError(found.entry(), clock.instant())) {
                return new Answer(found.entry(), How.STALE_ON_ERROR, true);
            }
            throw e;
        }
        return new Answer(entry, how, keep(question, entry, lookup));
    }

    private boolean keep(Question question, Entry entry, Lookup lookup) {
        if (!question.demand().keep() || entry.content().bytes().length > Content.MAX_BYTES) {
            return false;
        }
        boolean kept = ticketOf(lookup)
                .filter(held -> cache.put(question.key(), entry, held))
                .isPresent();
        if (kept) {
            counts.kept(question.key(), entry);
        }
        return kept;
    }

    private static Optional<Ticket> ticketOf(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found found -> Optional.of(found.ticket());
            case Lookup.Absent absent -> Optional.of(absent.ticket());
            case Lookup.Away away -> Optional.empty();
        };
    }

    private Entry load(Question question, Loader loader) throws InterruptedException {
        Instant before = clock.instant();
        try {
            Content content = loader.load();
            Instant now = clock.instant();
            Duration took = Duration.between(before, now);
            counts.loaded(question.key(), took);
            return new Entry(
                    content,
                    question.tags(),
                    question.freshness().freshFor(jittered(question.freshness().ttl())),
                    now,
                    took.isNegative() ? Duration.ZERO : took);
        } catch (RuntimeException e) {
            counts.failed(question.key());
            throw e;
        }
    }

    private Duration jittered(Duration ttl) {
        double nanos = ttl.toNanos() * (1 + JITTER * (2 * random.nextDouble() - 1));
        return Duration.ofNanos(Math.min((long) nanos, Freshness.MAX.toNanos()));
    }

    /** Makes it anew for those who come later, unless that is being done. */
    void refresh(Question question, Loader loader) {
        CacheKey key = question.key();
        if (closed || refreshing.containsKey(key) || !places.tryAcquire()) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("refresh " + key).unstarted(() -> {
            try {
                refreshNow(question, loader);
            } finally {
                refreshing.remove(key);
                places.release();
            }
        });
        if (refreshing.putIfAbsent(key, thread) == null) {
            thread.start();
        } else {
            places.release();
        }
    }

    private void refreshNow(Question question, Loader loader) {
        try (Cache.@Nullable Claim claim = cache.claim(question.key(), CLAIM).orElse(null)) {
            if (claim != null) {
                made(question, loader, cache.find(question.key(), question.tags()), How.EXPIRED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GatewayException e) {
            // Counted; whoever needs it when it may not be given out any more hears of it.
        } catch (RuntimeException e) {
            listener.on(new GatewayEvent.Trouble("cache", e, clock.instant()));
        }
    }

    @Override
    public void invalidate(Set<Tag> tags) {
        counts.invalidated(tags);
        cache.invalidate(tags);
        forgetFlights(tags);
    }

    /** A store that is away gives everybody the same ticket, so that only this keeps later callers from joining. */
    void forgetFlights(Set<Tag> tags) {
        flights.values().removeIf(flight -> flight.isMadeFrom(tags));
    }

    /** As {@link #forgetFlights}, whatever they are made from. */
    void forgetAllFlights() {
        flights.clear();
    }

    /** Ends what is made in the background. */
    void close() throws InterruptedException {
        closed = true;
        for (Thread thread : refreshing.values()) {
            thread.interrupt();
        }
        for (Thread thread : refreshing.values()) {
            thread.join();
        }
    }
}
