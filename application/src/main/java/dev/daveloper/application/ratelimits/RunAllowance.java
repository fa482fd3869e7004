package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.Allowance;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.OnFailure;
import dev.daveloper.domain.ratelimits.Standing;
import java.util.ArrayList;
import java.util.List;
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

    private volatile @Nullable RunRef run;
    private long covered;

    RunAllowance(LimitBooks books, RateLimiter limiter, String ticket, List<Check> taken, Runnable free) {
        this.books = books;
        this.limiter = limiter;
        this.ticket = ticket;
        this.taken = taken;
        this.free = free;
        this.covered = least(taken);
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
                .filter(check -> check.cost() < tokens)
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
            if (missing.stream().anyMatch(check -> check.policy().onFailure() == OnFailure.REFUSE)) {
                return false;
            }
            // Asked again when another slice is used up: an outage must not cut answers off.
            covered = tokens + missing.getFirst().policy().slice();
            return true;
        }
        List<Check> all = new ArrayList<>();
        for (Check check : taken) {
            int place = placeOf(check, missing);
            // One in shadow that is spent is not asked any more.
            boolean more = place >= 0 && !standings.get(place).refused();
            all.add(more ? check.costing(check.cost() + missing.get(place).cost()) : check);
        }
        taken = all;
        covered = Math.max(least(all), tokens + 1);
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

    private static int placeOf(Check check, List<Check> missing) {
        for (int i = 0; i < missing.size(); i++) {
            if (missing.get(i).policy().equals(check.policy())) {
                return i;
            }
        }
        return -1;
    }

    private static long least(List<Check> budgets) {
        return budgets.stream().mapToLong(Check::cost).min().orElse(Long.MAX_VALUE);
    }
}
