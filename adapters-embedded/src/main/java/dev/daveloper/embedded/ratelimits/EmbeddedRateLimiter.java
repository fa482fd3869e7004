package dev.daveloper.embedded.ratelimits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts in the memory of one process, for as long as that lives. A cell is never forgotten before all that was taken
 * has flowed in again and no slot is held; only when more than {@value #MAX_CELLS} are in use, one that was used little
 * is forgotten all the same, and its subject begins anew. Cells are locked one by one, never all.
 *
 * <p>Where the clock is put back, what was taken and what is held of a cell move with it, and nothing flows in for what
 * it was put back by; where it is put forward, all has flowed in.
 */
public final class EmbeddedRateLimiter implements RateLimiter {
    static final int MAX_CELLS = 200_000;

    /** Runs whose budgets are remembered: many more than can be made at once. */
    private static final int MAX_RUNS = 100_000;

    private static final long LEASE_MICROS = SLOT_LEASE.toMillis() * 1_000;

    /**
     * How long a cell is kept beyond what it says: longer than a slot is held, and longer than anybody takes from
     * finding the cell to taking of it.
     */
    private static final long SPARE_MICROS = 2 * LEASE_MICROS;

    private final InstantSource clock;
    private final AtomicLong serials = new AtomicLong();
    private final LoadingCache<Key, Cell> cells;
    private final Cache<RunRef, Held> runs;

    private record Key(Policy policy, Subject subject) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.policy.name().equals(policy.name()) && key.subject.equals(subject);
        }

        @Override
        public int hashCode() {
            return 31 * policy.name().hashCode() + subject.hashCode();
        }
    }

    private record Held(List<Check> taken, Duration keep) {}

    public EmbeddedRateLimiter(InstantSource clock) {
        this(clock, Ticker.systemTicker(), MAX_CELLS);
    }

    /** @param ticker by which what is over is forgotten */
    EmbeddedRateLimiter(InstantSource clock, Ticker ticker, int maxCells) {
        this.clock = clock;
        this.cells = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumSize(maxCells)
                .expireAfter(new Keeping())
                .build(key -> newCell());
        this.runs = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(ticker)
                .maximumSize(MAX_RUNS)
                .expireAfter(Expiry.writing((RunRef run, Held held) -> held.keep()))
                .build();
    }

    private Cell newCell() {
        return new Cell(serials.incrementAndGet());
    }

    /**
     * Keeps a cell, from each access on, until all has flowed in that is out and that this access may take. Never
     * shortens what an access at the same time has found.
     */
    private static final class Keeping implements Expiry<Key, Cell> {
        @Override
        public long expireAfterCreate(Key key, Cell cell, long now) {
            long most = key.policy().limit() instanceof Rate rate ? rate.burstMicros() : 0;
            return TimeUnit.MICROSECONDS.toNanos(cell.refillMicros() + most + SPARE_MICROS);
        }

        @Override
        public long expireAfterUpdate(Key key, Cell cell, long now, long current) {
            return Math.max(current, expireAfterCreate(key, cell, now));
        }

        @Override
        public long expireAfterRead(Key key, Cell cell, long now, long current) {
            return Math.max(current, expireAfterCreate(key, cell, now));
        }
    }

    @Override
    public Asked ask(List<Check> checks, String ticket) {
        Cell[] asked = new Cell[checks.size()];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = cells.get(new Key(checks.get(i).policy(), checks.get(i).subject()));
        }
        Cell[] inOrder = asked.clone();
        if (inOrder.length > 1) {
            Arrays.sort(inOrder, (one, other) -> Long.compare(one.serial(), other.serial()));
        }
        for (Cell cell : inOrder) {
            cell.lock();
        }
        try {
            Decision decision = decide(checks, asked, ticket);
            return () -> decision;
        } finally {
            for (Cell cell : inOrder) {
                cell.unlock();
            }
        }
    }

    private Decision decide(List<Check> checks, Cell[] asked, String ticket) {
        long now = nowMicros();
        boolean[] over = new boolean[asked.length];
        boolean refused = false;
        for (int i = 0; i < asked.length; i++) {
            asked[i].at(now);
            over[i] = !asked[i].fits(checks.get(i), ticket);
            refused |= over[i] && !checks.get(i).policy().shadow();
        }
        Standing[] standings = new Standing[asked.length];
        for (int i = 0; i < asked.length; i++) {
            if (!refused && !over[i]) {
                asked[i].take(checks.get(i), ticket, LEASE_MICROS);
            }
            standings[i] = asked[i].standing(checks.get(i), over[i]);
        }
        return Decision.of(List.of(standings));
    }

    @Override
    public void take(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            // A debt may take longer to flow in than a burst: until when the cell is kept changes in the same step.
            cells.asMap().compute(new Key(check.policy(), check.subject()), (key, found) -> {
                Cell cell = found == null ? newCell() : found;
                within(cell, () -> cell.take(rate, check.cost()));
                return cell;
            });
        }
    }

    @Override
    public void giveBack(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            Cell cell = cells.get(new Key(check.policy(), check.subject()));
            within(cell, () -> cell.giveBack(rate, check.cost()));
        }
    }

    @Override
    public void renew(Collection<Slot> slots) {
        for (Slot slot : slots) {
            Cell cell = cells.get(new Key(slot.policy(), slot.subject()));
            within(cell, () -> cell.hold(slot.ticket(), LEASE_MICROS));
        }
    }

    @Override
    public void release(Collection<Slot> slots) {
        for (Slot slot : slots) {
            Cell cell = cells.get(new Key(slot.policy(), slot.subject()));
            within(cell, () -> cell.release(slot.ticket()));
        }
    }

    @Override
    public void hold(RunRef run, List<Check> taken, Duration keep) {
        runs.put(run, new Held(List.copyOf(taken), keep));
    }

    @Override
    public void settle(RunRef run, long used) {
        Held held = runs.asMap().remove(run);
        if (held == null) {
            return;
        }
        for (Check check : held.taken()) {
            if (used > check.cost()) {
                take(check.costing(used - check.cost()));
            } else {
                giveBack(check.costing(check.cost() - used));
            }
        }
    }

    /** Cells that are kept, about. */
    long size() {
        cells.cleanUp();
        return cells.estimatedSize();
    }

    private void within(Cell cell, Runnable change) {
        cell.lock();
        try {
            cell.at(nowMicros());
            change.run();
        } finally {
            cell.unlock();
        }
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
