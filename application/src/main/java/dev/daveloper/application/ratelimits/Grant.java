package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.application.ratelimits.out.RateLimiter.Slot;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a call was given, until it is over. */
final class Grant implements Admission {
    private final LimitBooks books;
    private final RateLimiter limiter;
    private final String ticket;
    private final List<Check> taken;
    private final List<Standing> standings;
    private final List<Slot> slots;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param limiter that gave it
     * @param taken what was taken: not what a policy in shadow would have refused
     */
    Grant(LimitBooks books, RateLimiter limiter, String ticket, List<Check> taken, List<Standing> standings) {
        this.books = books;
        this.limiter = limiter;
        this.ticket = ticket;
        this.taken = taken;
        this.standings = standings;
        this.slots = slotsIn(taken, ticket);
        if (!slots.isEmpty()) {
            books.opened(this);
        }
    }

    @Override
    public List<Standing> standings() {
        return standings;
    }

    @Override
    public Allowance allowance() {
        List<Check> budgets = of(Unit.TOKENS);
        if (slots.isEmpty() && budgets.isEmpty()) {
            return Allowance.UNLIMITED;
        }
        if (over.getAndSet(true)) {
            throw new IllegalStateException("what was given is over, or was handed over before");
        }
        return new RunAllowance(books, limiter, ticket, budgets, this::free);
    }

    @Override
    public void cameBytes(long bytes) {
        for (Check check : of(Unit.CONTENT_BYTES)) {
            if (bytes > check.cost()) {
                books.quietly(() -> limiter.take(check.costing(bytes - check.cost())));
            } else if (bytes < check.cost()) {
                books.quietly(() -> limiter.giveBack(check.costing(check.cost() - bytes)));
            }
        }
    }

    @Override
    public void close() {
        if (!over.getAndSet(true)) {
            of(Unit.TOKENS).forEach(budget -> books.quietly(() -> limiter.giveBack(budget)));
            free();
        }
    }

    RateLimiter limiter() {
        return limiter;
    }

    List<Slot> slots() {
        return slots;
    }

    private static List<Slot> slotsIn(List<Check> taken, String ticket) {
        List<Slot> slots = List.of();
        for (Check check : taken) {
            if (check.policy().unit() == Unit.CONCURRENT_REQUESTS) {
                slots = slots.isEmpty() ? new ArrayList<>(taken.size()) : slots;
                slots.add(new Slot(check.policy(), check.subject(), ticket));
            }
        }
        return slots;
    }

    private void free() {
        if (!slots.isEmpty()) {
            books.closed(this);
            books.quietly(() -> limiter.release(slots));
        }
    }

    private List<Check> of(Unit unit) {
        List<Check> found = List.of();
        for (Check check : taken) {
            if (check.policy().unit() == unit) {
                found = found.isEmpty() ? new ArrayList<>(taken.size()) : found;
                found.add(check);
            }
        }
        return found;
    }
}
