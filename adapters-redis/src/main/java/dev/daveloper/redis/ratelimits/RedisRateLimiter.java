package dev.daveloper.redis.ratelimits;

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
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.RedisConfig.Ahead;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.redis.ratelimits.Corrections.Correction;
import dev.daveloper.redis.ratelimits.Part.Wanted;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts in Redis, for all nodes together and by the clock of Redis. A question is one script, which takes all or
 * nothing.
 *
 * <p>In a cluster a script reaches the keys of one slot, and a question is one script per slot, all on their way before
 * any is waited for. All that belongs to a session is one slot. When one script refuses, what the others took is given
 * back at once; until that arrives somebody else may be refused who would not have been, but nobody is ever admitted
 * too much.
 *
 * <p>An answer that is not there in time counts as none. What it took is given back when it arrives after all; if it
 * never does, it flows in again by itself, and slots are free after {@link RateLimiter#SLOT_LEASE}.
 *
 * <p>For a subject that asks again and again, of policies that count requests, some more is drawn with each question,
 * and calls are admitted out of that without one: see {@link Purses}.
 *
 * <p>Where the clock of Redis was put back by more than a minute, what was taken before moves back with it, and slots
 * are free that would be held for longer than a lease. Where it was put forward, all has flowed in.
 */
public final class RedisRateLimiter implements RateLimiter {
    private static final Script RENEW = Script.beside(RedisRateLimiter.class, "renew");

    /** How many slots one script renews, so that others do not wait long behind it. */
    private static final int RENEWED_AT_ONCE = 200;

    private final Redis redis;
    private final Keys keys;
    private final Reach reach;
    private final Corrections corrections;
    private final Purses purses;
    private final Duration patience;

    /**
     * @param patience how long an answer is waited for
     * @param ahead what is drawn for busy subjects
     */
    public RedisRateLimiter(Redis redis, Duration patience, Ahead ahead) {
        this.redis = redis;
        this.keys = redis.keys();
        this.reach = Reach.of(redis);
        this.corrections = new Corrections(redis);
        this.purses = new Purses(keys, corrections, ahead);
        this.patience = patience;
    }

    @Override
    public Asked ask(List<Check> checks, String ticket) {
        long now = System.nanoTime();
        Purse[] asked = purses.of(checks);
        Optional<Decision> paid = purses.pay(checks, asked, now);
        if (paid.isPresent()) {
            refill(purses.refills(checks, asked, now), now);
            Decision decision = paid.get();
            return () -> decision;
        }
        boolean draws = purses.arePayable(checks);
        List<Wanted> wanted = new ArrayList<>(asked.length);
        for (int i = 0; i < asked.length; i++) {
            Check check = checks.get(i);
            wanted.add(new Wanted(i, check, asked[i], draws ? purses.wanted(check, asked[i], now) : 0));
        }
        return send(wanted, ticket, now);
    }

    /** Nobody waits for it; what comes of it is there for those who come later. */
    private void refill(List<Wanted> low, long nowNanos) {
        if (low.isEmpty()) {
            return;
        }
        try {
            for (List<Wanted> group : reach.groups(low, Wanted::key)) {
                Part.send(redis, group, "").refill(purses, nowNanos);
            }
        } catch (StoreUnavailable e) {
            // Whoever finds the purse empty hears of it.
        }
    }

    private Asked send(List<Wanted> wanted, String ticket, long nowNanos) {
        List<Part> parts = new ArrayList<>(1);
        try {
            for (List<Wanted> group : reach.groups(wanted, Wanted::key)) {
                parts.add(Part.send(redis, group, ticket));
            }
        } catch (StoreUnavailable e) {
            parts.forEach(part -> undo(part, ticket));
            throw e;
        }
        return () -> {
            Standing[] standings = new Standing[wanted.size()];
            decide(parts, ticket, nowNanos, standings);
            return Decision.of(List.of(standings));
        };
    }

    private void decide(List<Part> parts, String ticket, long askedNanos, Standing[] standings) {
        List<Part> admitting = new ArrayList<>(parts.size());
        long until = System.nanoTime() + patience.toNanos();
        try {
            for (Part part : parts) {
                Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
                if (!part.refuses(left)) {
                    admitting.add(part);
                }
            }
        } catch (StoreUnavailable e) {
            parts.forEach(part -> undo(part, ticket));
            throw e;
        }
        boolean refused = admitting.size() < parts.size();
        if (refused) {
            awaitAll(
                    admitting.stream()
                            .flatMap(part -> undo(part, ticket).stream())
                            .toList(),
                    until);
        } else {
            parts.forEach(part -> part.keepAhead(purses, askedNanos));
        }
        for (Part part : parts) {
            part.tell(refused && admitting.contains(part), (place, standing) -> standings[place] = standing);
        }
    }

    /** What is on its way by now; more may follow when the part's answer comes late. */
    private List<Redis.Call<?>> undo(Part part, String ticket) {
        List<Redis.Call<?>> calls = new CopyOnWriteArrayList<>();
        part.undo(taken -> {
            calls.addAll(corrections.sendBack(taken.back(), taken.sinceMicros()));
            taken.slots().forEach(key -> calls.add(free(key, ticket)));
        });
        return calls;
    }

    /** Until the caller's next question would find it done, or there is no time left. */
    private static void awaitAll(List<Redis.Call<?>> calls, long untilNanos) {
        try {
            calls.forEach(call -> call.await(Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime()))));
        } catch (StoreUnavailable e) {
            // It is done all the same, a moment later.
        }
    }

    @Override
    public void take(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            String key = keys.taken(check.policy().name(), check.subject());
            corrections
                    .send(List.of(Correction.taking(key, rate, check.cost())))
                    .forEach(call -> call.await(patience));
        }
    }

    @Override
    public void giveBack(Check check) {
        if (check.policy().limit() instanceof Rate rate) {
            String key = keys.taken(check.policy().name(), check.subject());
            corrections
                    .send(List.of(Correction.givingBack(key, rate, check.cost())))
                    .forEach(call -> call.await(patience));
        }
    }

    private record Held(String key, String ticket) {}

    @Override
    public void renew(Collection<Slot> slots) {
        List<Held> held = slots.stream()
                .map(slot -> new Held(keyOf(slot.policy(), slot.subject()), slot.ticket()))
                .toList();
        List<Redis.Call<Reply>> calls = new ArrayList<>();
        for (List<Held> group : reach.groups(held, Held::key)) {
            for (int from = 0; from < group.size(); from += RENEWED_AT_ONCE) {
                calls.add(sendRenewal(group.subList(from, Math.min(group.size(), from + RENEWED_AT_ONCE))));
            }
        }
        calls.forEach(Redis.Call::await);
    }

    private Redis.Call<Reply> sendRenewal(List<Held> held) {
        List<Object> values = new ArrayList<>();
        values.add(redis.moment());
        values.add(SLOT_LEASE.toMillis());
        held.forEach(slot -> values.add(slot.ticket()));
        return redis.send(RENEW, held.stream().map(Held::key).toList(), values.toArray());
    }

    @Override
    public void release(Collection<Slot> slots) {
        slots.forEach(slot -> free(keyOf(slot.policy(), slot.subject()), slot.ticket()));
    }

    private Redis.Call<Long> free(String key, String ticket) {
        return redis.send(commands -> commands.zrem(Redis.bytes(key), Redis.bytes(ticket)));
    }

    @Override
    public void hold(RunRef run, List<Check> taken, Duration keep) {
        List<Budget> budgets = new ArrayList<>();
        for (Check check : taken) {
            if (check.policy().limit() instanceof Rate rate) {
                budgets.add(new Budget(keys.taken(check.policy().name(), check.subject()), rate, check.cost()));
            }
        }
        byte[] key = Redis.bytes(keys.budgets(run));
        byte[] text = Redis.bytes(Budget.write(budgets));
        SetArgs kept = SetArgs.Builder.px(Math.max(1, keep.toMillis()));
        redis.send(commands -> commands.set(key, text, kept));
    }

    /** Corrects also when Redis answers late, and never twice; not at all should this process end in between. */
    @Override
    public void settle(RunRef run, long used) {
        byte[] key = Redis.bytes(keys.budgets(run));
        long until = System.nanoTime() + patience.toNanos();
        List<Redis.Call<?>> calls = new CopyOnWriteArrayList<>();
        redis.<byte[]>send(commands -> commands.getdel(key))
                .then(held -> {
                    if (held != null) {
                        calls.addAll(settle(new String(held, StandardCharsets.US_ASCII), used));
                    }
                })
                .await(patience);
        awaitAll(calls, until);
    }

    private List<Redis.Call<Reply>> settle(String held, long used) {
        return corrections.send(
                Budget.read(held).stream().map(budget -> budget.to(used)).toList());
    }

    private String keyOf(Policy policy, Subject subject) {
        return switch (policy.limit()) {
            case Rate rate -> keys.taken(policy.name(), subject);
            case Concurrency slots -> keys.slots(policy.name(), subject);
        };
    }
}
