package dev.daveloper.application.testkit;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Concurrency;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts in plain maps behind one lock. Can be sent away, and then refuses every call. */
public final class InMemoryRateLimiter implements RateLimiter {
    private final InstantSource clock;
    private final Map<Key, Long> taken = new HashMap<>();
    private final Map<Key, Map<String, Instant>> slots = new HashMap<>();
    private final Map<RunRef, List<Check>> held = new HashMap<>();
    private boolean away;
    private int questions;

    private record Key(String policy, Subject subject) {
        static Key of(Check check) {
            return new Key(check.policy().name(), check.subject());
        }
    }

    public InMemoryRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it answers from now on. */
    public synchronized void away(boolean is) {
        away = is;
    }

    /** How much may be taken at once. */
    public synchronized long remaining(Policy policy, Subject subject) {
        Rate rate = (Rate) policy.limit();
        return rate.remaining(taken.getOrDefault(new Key(policy.name(), subject), Rate.NOTHING_TAKEN), nowMicros());
    }

    /** How many questions were put. */
    public synchronized int questions() {
        return questions;
    }

    /** Slots that are held, by whomever. */
    public synchronized int slotsHeld() {
        return slots.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public synchronized Asked ask(List<Check> checks, String ticket) {
        questions++;
        requireHere();
        List<Boolean> fits = checks.stream().map(check -> fits(check, ticket)).toList();
        boolean admitted = true;
        for (int i = 0; i < checks.size(); i++) {
            admitted &= fits.get(i) || checks.get(i).policy().shadow();
        }
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (admitted && fits.get(i)) {
                takeOne(checks.get(i), ticket);
            }
            standings.add(standing(checks.get(i), !fits.get(i)));
        }
        Decision decision = Decision.of(standings);
        return () -> decision;
    }

    @Override
    public synchronized void take(Check check) {
        requireHere();
        Rate rate = (Rate) check.policy().limit();
        taken.merge(
                Key.of(check),
                rate.taking(0, check.cost(), nowMicros()),
                (known, fresh) -> rate.taking(known, check.cost(), nowMicros()));
    }

    @Override
    public synchronized void giveBack(Check check) {
        requireHere();
        Rate rate = (Rate) check.policy().limit();
        taken.computeIfPresent(Key.of(check), (key, known) -> rate.givingBack(known, check.cost()));
    }

    @Override
    public synchronized void renew(Collection<Slot> renewed) {
        requireHere();
        renewed.forEach(slot -> held(new Key(slot.policy().name(), slot.subject()))
                .put(slot.ticket(), clock.instant().plus(SLOT_LEASE)));
    }

    @Override
    public synchronized void release(Collection<Slot> released) {
        requireHere();
        released.forEach(
                slot -> held(new Key(slot.policy().name(), slot.subject())).remove(slot.ticket()));
    }

    @Override
    public synchronized void hold(RunRef run, List<Check> checks, Duration keep) {
        requireHere();
        held.put(run, List.copyOf(checks));
    }

    @Override
    public synchronized void settle(RunRef run, long used) {
        requireHere();
        List<Check> checks = held.remove(run);
        for (Check check : checks == null ? List.<Check>of() : checks) {
            if (used > check.cost()) {
                take(check.costing(used - check.cost()));
            } else {
                giveBack(check.costing(check.cost() - used));
            }
        }
    }

    private boolean fits(Check check, String ticket) {
        return switch (check.policy().limit()) {
            case Rate rate -> {
                long known = taken.getOrDefault(Key.of(check), Rate.NOTHING_TAKEN);
                yield rate.admittedFrom(known, check.cost(), nowMicros()) <= nowMicros();
            }
            case Concurrency most -> {
                Map<String, Instant> holders = held(Key.of(check));
                yield holders.containsKey(ticket) || holders.size() < most.slots();
            }
        };
    }

    private void takeOne(Check check, String ticket) {
        if (check.policy().limit() instanceof Rate) {
            take(check);
        } else {
            held(Key.of(check)).put(ticket, clock.instant().plus(SLOT_LEASE));
        }
    }

    private Standing standing(Check check, boolean refused) {
        return switch (check.policy().limit()) {
            case Rate rate ->
                Standing.of(
                        check.policy(),
                        rate,
                        taken.getOrDefault(Key.of(check), Rate.NOTHING_TAKEN),
                        check.cost(),
                        nowMicros(),
                        refused);
            case Concurrency most ->
                new Standing(
                        check.policy(),
                        Math.max(0, most.slots() - held(Key.of(check)).size()),
                        Duration.ZERO,
                        refused);
        };
    }

    private Map<String, Instant> held(Key key) {
        Map<String, Instant> holders = slots.computeIfAbsent(key, fresh -> new HashMap<>());
        holders.values().removeIf(end -> !end.isAfter(clock.instant()));
        return holders;
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailable(new IllegalStateException("sent away"));
        }
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
