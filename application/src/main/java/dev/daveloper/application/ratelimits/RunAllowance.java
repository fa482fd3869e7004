package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The budgets of one run: taken in slices as it goes on, so that what is held beyond what was used stays small. */
final class RunAllowance implements Allowance {
    private final LimitBooks books;
    private final RateLimiter limiter;
    private final String ticket;
    private final Runnable free;
    private final AtomicBoolean settled = new AtomicBoolean();
    /** What was taken of each budget. */
    private List<Check> taken;

    /** Budgets in shadow that are spent, and of which nothing more is asked. */
    private final Set<Policy> spent = new HashSet<>();

    private volatile @Nullable RunRef run;
    private long covered;

    RunAllowance(LimitBooks books, RateLimiter limiter, String ticket, List<Check> taken, Runnable free) {
        this.books = books;
        this.limiter = limiter;
        this.ticket = ticket;
        this.taken = taken;
        this.free = free;
        this.covered = reach();
    }

    @Override
    public void begin(RunRef begun) {
        run = begun;
        hold();
    }

    @Override
    public boolean covers(long tokens) {
        return tokens <= covered || taken(tokens);
    }

    /** Takes what is missing of the budgets that do not reach so far, of all or of none. */
    private boolean taken(long tokens) {
        List<Check> missing = taken.stream()
                .filter(check -> check.cost() < tokens && !spent.contains(check.policy()))
                .map(check ->
                        check.costing(tokens - check.cost() + check.policy().slice() - 1))
                .toList();
        List<Standing> standings;
        try {
            Decision decision = limiter.ask(missing, ticket).await();
            if (decision instanceof Decision.Refused) {
                return false;
            }
            standings = decision.standings();
        } catch (StoreUnavailable e) {
            if (missing.stream().anyMatch(check -> check.policy().refusesOnFailure())) {
                return false;
            }
            // Asked again when another slice is used up: an outage must not cut answers off.
            covered = tokens + missing.getFirst().policy().slice();
            return true;
        }
        Map<Policy, Long> more = new HashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            Policy policy = missing.get(i).policy();
            if (standings.get(i).refused()) {
                spent.add(policy);
            } else {
                more.put(policy, missing.get(i).cost());
            }
        }
        taken = taken.stream()
                .map(check -> check.costing(check.cost() + more.getOrDefault(check.policy(), 0L)))
                .toList();
        covered = reach();
        hold();
        return true;
    }

    @Override
    public void settle(long tokens) {
        if (settled.getAndSet(true)) {
            return;
        }
        RunRef begun = run;
        if (begun == null) {
            taken.forEach(check -> books.quietly(() -> limiter.giveBack(check)));
        } else if (!taken.isEmpty()) {
            books.quietly(() -> limiter.settle(begun, tokens));
        }
        free.run();
    }

    @Override
    public void abandon() {
        if (!settled.getAndSet(true)) {
            free.run();
        }
    }

    private void hold() {
        RunRef begun = run;
        if (begun != null && !taken.isEmpty()) {
            books.quietly(() -> limiter.hold(begun, taken, books.holdRuns()));
        }
    }

    /** How far the budgets reach that are still asked. */
    private long reach() {
        return taken.stream()
                .filter(check -> !spent.contains(check.policy()))
                .mapToLong(Check::cost)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
