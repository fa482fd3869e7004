package dev.daveloper.embedded.ratelimits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
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
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

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
    private final VarExpiration<Key, Cell> debts;
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
        this(clock, MAX_CELLS);
    }

    EmbeddedRateLimiter(InstantSource clock, int maxCells) {
        this.clock = clock;
        this.cells = Caffeine.newBuilder()
                .maximumSize(maxCells)
                .expireAfter(Expiry.accessing((Key key, Cell cell) -> lifetime(key, cell)))
                .build(key -> new Cell(serials.incrementAndGet()));
        this.debts = cells.policy().expireVariably().orElseThrow();
        this.runs = Caffeine.newBuilder()
                .maximumSize(MAX_RUNS)
                .expireAfter(Expiry.writing((RunRef run, Held held) -> held.keep()))
                .build();
    }

    /** From an access on: what is out, and what that access may take. */
    private static Duration lifetime(Key key, Cell cell) {
        long more = key.policy().limit() instanceof Rate rate ? rate.burstMicros() : 0;
        return Duration.of(cell.refillMicros() + more + SPARE_MICROS, ChronoUnit.MICROS);
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
        return Decision.of(Arrays.asList(standings));
    }

    @Override
    public void take(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            Key key = new Key(check.policy(), check.subject());
            within(key, cell -> cell.take(rate, check.cost()));
            // A debt may take longer to flow in than a burst.
            debts.setExpiresAfter(key, lifetime(key, cells.get(key)));
        }
    }

    @Override
    public void giveBack(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            within(new Key(check.policy(), check.subject()), cell -> cell.giveBack(rate, check.cost()));
        }
    }

    @Override
    public void renew(Collection<Slot> slots) {
        for (Slot slot : slots) {
            within(new Key(slot.policy(), slot.subject()), cell -> cell.hold(slot.ticket(), LEASE_MICROS));
        }
    }

    @Override
    public void release(Collection<Slot> slots) {
        for (Slot slot : slots) {
            within(new Key(slot.policy(), slot.subject()), cell -> cell.release(slot.ticket()));
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

    private void within(Key key, Consumer<Cell> change) {
        Cell cell = cells.get(key);
        cell.lock();
        try {
            cell.at(nowMicros());
            change.accept(cell);
        } finally {
            cell.unlock();
        }
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
