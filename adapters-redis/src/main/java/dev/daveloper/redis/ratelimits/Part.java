package dev.daveloper.redis.ratelimits;

import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Concurrency;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.Reply;
import dev.daveloper.redis.Script;
import dev.daveloper.redis.ratelimits.Corrections.Correction;
import dev.daveloper.redis.ratelimits.Purses.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** That part of a question which one script can put, and its answer. */
final class Part {
    private static final Script ASK = Script.beside(Part.class, "ask");

    /** In the answer: the moment first, then so many for each check. */
    private static final int PER_CHECK = 3;

    private final List<Wanted> wanted;
    private final Redis.Call<Reply> answer;

    /**
     * What is asked for.
     *
     * @param place of the check in the question
     * @param ahead how much more may be taken of a rate, in its microseconds
     */
    record Wanted(int place, Check check, Purse purse, long ahead) {
        String key() {
            return purse.key();
        }
    }

    /**
     * What a question took.
     *
     * @param back what gives it back
     * @param slots the keys of slots
     * @param sinceMicros when it was taken
     */
    record Taken(List<Correction> back, List<String> slots, long sinceMicros) {}

    private Part(List<Wanted> wanted, Redis.Call<Reply> answer) {
        this.wanted = wanted;
        this.answer = answer;
    }

    static Part send(Redis redis, List<Wanted> wanted, String ticket) {
        List<Object> values = new ArrayList<>();
        values.add(redis.moment());
        values.add(ticket);
        values.add(RateLimiter.SLOT_LEASE.toMillis());
        for (Wanted one : wanted) {
            Check check = one.check();
            switch (check.policy().limit()) {
                case Rate rate -> {
                    values.add("rate");
                    values.add(rate.microsOf(check.cost()));
                    values.add(rate.burstMicros());
                }
                case Concurrency slots -> {
                    values.add("slots");
                    values.add(1);
                    values.add(slots.slots());
                }
            }
            values.add(check.policy().shadow() ? 1 : 0);
            values.add(one.ahead());
        }
        List<String> names = wanted.stream().map(Wanted::key).toList();
        return new Part(wanted, redis.send(ASK, names, values.toArray()));
    }

    /** Whether a policy refuses. */
    boolean refuses(Duration patience) {
        return refuses(answer.await(patience));
    }

    /**
     * Has what was taken given back as soon as it is known that it was, however late that is.
     *
     * @param back is told, on whatever thread
     */
    void undo(Consumer<Taken> back) {
        answer.then(reply -> {
            if (!refuses(reply)) {
                back.accept(takenBy(reply));
            }
        });
    }

    /** After {@link #refuses}, where nobody did: puts what was taken ahead into the purses. */
    void keepAhead(Purses purses, long askedNanos) {
        Reply reply = answer.await(Duration.ZERO);
        for (int at = 0; at < wanted.size(); at++) {
            Wanted one = wanted.get(at);
            long ahead = aheadIn(reply, at);
            if (ahead > 0 && one.check().policy().limit() instanceof Rate rate) {
                boolean plenty = ahead == one.ahead();
                Draw draw = new Draw(rate, ahead, plenty, foundIn(reply, at), reply.number(0), askedNanos);
                purses.put(one.purse(), draw);
            }
            if (one.ahead() > 0) {
                one.purse().answered(askedNanos);
            }
        }
    }

    /** Puts all that was taken into the purses, as soon as that is known. */
    void refill(Purses purses, long askedNanos) {
        answer.then(reply -> {
            boolean refused = refuses(reply);
            for (int at = 0; at < wanted.size(); at++) {
                Wanted one = wanted.get(at);
                if (!refused && !isOver(reply, at) && one.check().policy().limit() instanceof Rate rate) {
                    long ahead = aheadIn(reply, at);
                    long micros = rate.microsOf(one.check().cost()) + ahead;
                    Moment moment = new Moment(foundIn(reply, at), reply.number(0), askedNanos);
                    purses.refill(one.purse(), rate, micros, ahead == one.ahead(), moment);
                }
                one.purse().answered(askedNanos);
            }
        });
    }

    /**
     * After {@link #refuses} and {@link #keepAhead}: says how the caller stands, with all that was taken given back
     * where it was undone.
     */
    void tell(boolean undone, BiConsumer<Integer, Standing> standings) {
        Reply reply = answer.await(Duration.ZERO);
        for (int at = 0; at < wanted.size(); at++) {
            standings.accept(wanted.get(at).place(), standing(wanted.get(at), reply, at, undone));
        }
    }

    private boolean refuses(Reply reply) {
        for (int at = 0; at < wanted.size(); at++) {
            if (isOver(reply, at) && !wanted.get(at).check().policy().shadow()) {
                return true;
            }
        }
        return false;
    }

    private Taken takenBy(Reply reply) {
        List<Correction> corrections = new ArrayList<>();
        List<String> slots = new ArrayList<>();
        for (int at = 0; at < wanted.size(); at++) {
            Wanted one = wanted.get(at);
            if (!isOver(reply, at)) {
                switch (one.check().policy().limit()) {
                    case Rate rate -> {
                        long micros = rate.microsOf(one.check().cost()) + aheadIn(reply, at);
                        corrections.add(new Correction(one.key(), -micros));
                    }
                    case Concurrency same -> slots.add(one.key());
                }
            }
        }
        return new Taken(corrections, slots, reply.number(0));
    }

    private static Standing standing(Wanted wanted, Reply reply, int at, boolean undone) {
        Check check = wanted.check();
        Policy policy = check.policy();
        boolean over = isOver(reply, at);
        boolean back = undone && !over;
        long found = foundIn(reply, at);
        return switch (policy.limit()) {
            case Rate rate -> {
                long taken = found;
                if (back) {
                    taken = rate.givingBack(found - aheadIn(reply, at), check.cost());
                } else if (!over) {
                    taken = wanted.purse().draw(System.nanoTime()).spentOf(rate, found);
                }
                yield Standing.of(policy, rate, taken, check.cost(), reply.number(0), over);
            }
            case Concurrency slots -> {
                long held = back ? found - 1 : found;
                yield new Standing(policy, Math.max(0, slots.slots() - held), Duration.ZERO, over);
            }
        };
    }

    private static long foundIn(Reply reply, int at) {
        return reply.number(1 + PER_CHECK * at);
    }

    private static boolean isOver(Reply reply, int at) {
        return reply.number(2 + PER_CHECK * at) == 1;
    }

    private static long aheadIn(Reply reply, int at) {
        return reply.number(PER_CHECK + PER_CHECK * at);
    }
}
