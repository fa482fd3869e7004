package dev.daveloper.redis.ratelimits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Concurrency;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.ratelimits.Unit;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.ratelimits.Corrections.Correction;
import dev.daveloper.redis.ratelimits.Part.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Pays for calls of busy subjects with what was drawn ahead for them, so that Redis need not be asked. All is taken in
 * Redis before it is spent here, so that all nodes together never admit more than there is; but another node may refuse
 * what lies in a purse, and what is taken may be spent a moment later. What is not spent is given back, unless as much
 * has flowed in by then. Safe for use by many threads.
 */
final class Purses {
    /** Some 20 MB; what was used least is forgotten first, and with it only that the subject is busy. */
    static final int MAX_PURSES = 50_000;

    private final Corrections corrections;
    private final Ahead ahead;
    private final long keepNanos;
    private final Executor later;
    private final LoadingCache<Name, Purse> purses;

    private record Name(String policy, boolean slots, Subject subject) {}

    Purses(Keys keys, Corrections corrections, Ahead ahead) {
        this.corrections = corrections;
        this.ahead = ahead;
        this.keepNanos = ahead.keep().toNanos();
        this.later = CompletableFuture.delayedExecutor(keepNanos, TimeUnit.NANOSECONDS);
        this.purses = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MAX_PURSES)
                .build(name -> new Purse(keyOf(keys, name), keepNanos, System.nanoTime()));
    }

    private static String keyOf(Keys keys, Name name) {
        return name.slots() ? keys.slots(name.policy(), name.subject()) : keys.taken(name.policy(), name.subject());
    }

    /** In the order of the checks. */
    Purse[] of(List<Check> checks) {
        Purse[] asked = new Purse[checks.size()];
        for (int i = 0; i < asked.length; i++) {
            Check check = checks.get(i);
            boolean slots = check.policy().limit() instanceof Concurrency;
            asked[i] = purses.get(new Name(check.policy().name(), slots, check.subject()));
        }
        return asked;
    }

    /** Admits what the purses can pay, all of it; empty when Redis has to be asked. */
    Optional<Decision> pay(List<Check> checks, Purse[] asked, long nowNanos) {
        Draw[] draws = new Draw[asked.length];
        for (int i = 0; i < asked.length; i++) {
            draws[i] = asked[i].draw(nowNanos);
            if (!pay(checks.get(i), draws[i])) {
                for (int paid = 0; paid < i; paid++) {
                    draws[paid].putBack(microsOf(checks.get(paid)));
                }
                return Optional.empty();
            }
        }
        Standing[] standings = new Standing[asked.length];
        for (int i = 0; i < asked.length; i++) {
            standings[i] = draws[i].standing(checks.get(i));
        }
        return Optional.of(new Decision.Admitted(List.of(standings)));
    }

    private static boolean pay(Check check, Draw draw) {
        return isPayable(check)
                && check.policy().limit() instanceof Rate rate
                && draw.pay(rate, rate.microsOf(check.cost()));
    }

    /** Whether nothing in this keeps Redis from being asked each time. */
    boolean arePayable(List<Check> checks) {
        if (ahead.calls() == 0) {
            return false;
        }
        for (Check check : checks) {
            if (!isPayable(check)) {
                return false;
            }
        }
        return true;
    }

    /** Requests come often and cost little; budgets are taken in slices anyway, and slots are nothing that flows in. */
    private static boolean isPayable(Check check) {
        return check.policy().unit() == Unit.REQUESTS && check.cost() > 0;
    }

    private static long microsOf(Check check) {
        return check.policy().limit() instanceof Rate rate ? rate.microsOf(check.cost()) : 0;
    }

    /** How much to ask for beside the check, which is {@link #arePayable}, in microseconds of its rate. */
    long wanted(Check check, Purse purse, long nowNanos) {
        if (check.policy().limit() instanceof Rate rate) {
            long micros = rate.microsOf(check.cost());
            return purse.shouldDraw(rate, micros, nowNanos)
                    ? Math.min(rate.burstMicros(), purse.calls(ahead, nowNanos) * micros)
                    : 0;
        }
        return 0;
    }

    /** What is to be asked for again before it is spent, of checks that were paid; mostly nothing. */
    List<Wanted> refills(List<Check> checks, Purse[] asked, long nowNanos) {
        boolean low = false;
        for (Purse purse : asked) {
            low |= purse.draw(nowNanos).isLow();
        }
        if (!low) {
            return List.of();
        }
        List<Wanted> refills = new ArrayList<>(asked.length);
        for (int i = 0; i < asked.length; i++) {
            if (asked[i].draw(nowNanos).isHalfSpent() && asked[i].mayRefill(nowNanos)) {
                // One call is asked for anyway, as the check.
                long more = asked[i].calls(ahead, nowNanos) - 1L;
                refills.add(new Wanted(i, checks.get(i), asked[i], more * microsOf(checks.get(i))));
            }
        }
        return refills;
    }

    /** Keeps it to be spent, with what is left of the last one: that is spent first. */
    void refill(Purse purse, Rate rate, long micros, boolean plenty, Moment moment) {
        Draw last = purse.draw(System.nanoTime());
        long carried = last.isOf(rate) ? last.empty() : 0;
        put(purse, new Draw(rate, micros + carried, plenty, moment.taken(), moment.sinceMicros(), moment.askedNanos()));
    }

    /** What is taken of a rate, when Redis said so, and when it was asked, as {@link Draw} has it. */
    record Moment(long taken, long sinceMicros, long askedNanos) {}

    /** Keeps it to be spent. */
    void put(Purse purse, Draw draw) {
        giveBack(purse.key(), purse.put(draw));
        if (draw.left() > TimeUnit.NANOSECONDS.toMicros(keepNanos)) {
            later.execute(() -> giveBack(purse.key(), draw));
        }
    }

    /** Of a fast rate all has flowed in again before it could be given back. */
    private void giveBack(String key, Draw draw) {
        long unspent = draw.empty();
        if (unspent > TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - draw.askedNanos())) {
            try {
                corrections.sendBack(List.of(new Correction(key, -unspent)), draw.sinceMicros());
            } catch (StoreUnavailable e) {
                // It flows in again by itself.
            }
        }
    }
}
