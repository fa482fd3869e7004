package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.LimitStats;
import dev.daveloper.application.ratelimits.in.RateLimits;
import dev.daveloper.application.ratelimits.in.Unlimited;
import dev.daveloper.application.ratelimits.out.Limiters;
import dev.daveloper.application.ratelimits.out.RateLimiter;
import dev.daveloper.domain.chat.RunRef;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.domain.ratelimits.Check;
import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.KeyedBy;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.Standing;
import dev.daveloper.domain.ratelimits.Subject;
import dev.daveloper.domain.ratelimits.Target;
import dev.daveloper.domain.ratelimits.Unit;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Puts the questions of each call to whoever counts, and keeps the books of what is held. */
public final class RateLimitsService implements RateLimits {
    /** Of a question about no slots. */
    private static final String NO_TICKET = "-";

    private static final int NODE_NAME_BYTES = 8;

    /** How often slots are renewed: often enough that one failure does no harm. */
    private static final Duration RENEW_PACE = RateLimiter.SLOT_LEASE.dividedBy(4);

    private final CurrentPolicies policies;
    private final LimitCounts counts;
    private final SteadyLimiter limiter;
    private final RateLimiter shared;
    private final LimitBooks books;
    private final Refusals refusals;
    private final InstantSource clock;
    private final String node;
    private final AtomicLong tickets = new AtomicLong();
    private long renewedAtNanos = System.nanoTime();

    public RateLimitsService(
            LimitSettings settings,
            Limiters limiters,
            Neighbours neighbours,
            InstantSource clock,
            EventListener listener) {
        this.policies = new CurrentPolicies(settings.policies(), limiters.changes(), neighbours);
        this.counts = new LimitCounts(clock.instant());
        this.limiter = new SteadyLimiter(limiters.shared(), limiters.alone(), counts, listener, clock);
        this.shared = limiters.shared();
        this.books = new LimitBooks(settings.holdRuns(), listener, clock);
        this.refusals = new Refusals(listener, clock.instant());
        this.clock = clock;
        byte[] name = new byte[NODE_NAME_BYTES];
        new SecureRandom().nextBytes(name);
        this.node = HexFormat.of().formatHex(name);
        neighbours.listen(signal -> {
            if (signal instanceof Signal.PoliciesChanged) {
                books.quietly(policies::reload);
            }
        });
    }

    @Override
    public boolean countsSessions(Set<Target> targets) {
        for (Policy policy : policies.now().applyingTo(targets)) {
            if (policy.keyedBy() == KeyedBy.SESSION) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Asked ask(Call call) {
        List<Policy> applying = policies.now().applyingTo(call.targets());
        if (applying.isEmpty()) {
            return () -> Unlimited.FREE;
        }
        List<Check> checks = checksOf(applying, call);
        if (checks.isEmpty()) {
            return () -> Unlimited.FREE;
        }
        String ticket = ticketFor(checks);
        SteadyLimiter.Deciding deciding = limiter.ask(checks, ticket);
        return () -> admission(deciding, checks, ticket);
    }

    private String ticketFor(List<Check> checks) {
        for (Check check : checks) {
            if (check.policy().unit() == Unit.CONCURRENT_REQUESTS) {
                return node + "-" + tickets.incrementAndGet();
            }
        }
        return NO_TICKET;
    }

    private Admission admission(SteadyLimiter.Deciding deciding, List<Check> checks, String ticket) {
        long start = System.nanoTime();
        SteadyLimiter.Decided decided = deciding.await();
        Decision decision = decided.decision();
        counts.decided(checks, decision, System.nanoTime() - start);
        if (decision instanceof Decision.Refused refused) {
            throw new QuotaExceeded(refused);
        }
        return new Grant(books, decided.by(), ticket, takenOf(checks, decision.standings()), decision.standings());
    }

    private static List<Check> takenOf(List<Check> checks, List<Standing> standings) {
        int refused = 0;
        for (Standing standing : standings) {
            refused += standing.refused() ? 1 : 0;
        }
        if (refused == 0) {
            return checks;
        }
        List<Check> taken = new ArrayList<>(checks.size());
        for (int i = 0; i < checks.size(); i++) {
            if (!standings.get(i).refused()) {
                taken.add(checks.get(i));
            }
        }
        return taken;
    }

    private static List<Check> checksOf(List<Policy> applying, Call call) {
        List<Check> checks = new ArrayList<>(applying.size());
        for (Policy policy : applying) {
            Optional<Subject> subject = subjectOf(policy, call);
            long cost = costOf(policy, call);
            if (subject.isPresent() && cost >= 0) {
                checks.add(new Check(policy, subject.get(), cost));
            }
        }
        return checks;
    }

    private static Optional<Subject> subjectOf(Policy policy, Call call) {
        return switch (policy.keyedBy()) {
            case SESSION -> call.session().map(Subject::of);
            case ADDRESS -> call.address().map(Subject::of);
            case GLOBAL -> Optional.of(Subject.EVERYBODY);
        };
    }

    private static long costOf(Policy policy, Call call) {
        Call.Amount amount = call.amount();
        return switch (policy.unit()) {
            case REQUESTS -> policy.costOf(call.targets());
            case TOKENS ->
                amount.tokens() < 0 ? Call.Amount.NO : amount.tokens() + Math.min(policy.slice(), amount.maxTokens());
            case CONTENT_BYTES, COMPLEXITY, CONCURRENT_REQUESTS -> amount.of(policy.unit());
        };
    }

    /**
     * Tells of what was refused and renews what is held, when it is time to. For one thread.
     *
     * @throws StoreUnavailable when that cannot be at the moment
     */
    public void keep() {
        Instant moment = clock.instant();
        if (refusals.isDue(moment)) {
            refusals.tell(stats().policies(), moment);
        }
        long now = System.nanoTime();
        if (now - renewedAtNanos >= RENEW_PACE.toNanos()) {
            renewSlots();
            renewedAtNanos = now;
        }
    }

    void renewSlots() {
        books.renew();
    }

    /** Reads again what administrators changed, should the word of it have been lost. */
    public void refresh() {
        policies.reload();
    }

    @Override
    public void settle(RunRef run, long tokens) {
        books.quietly(() -> shared.settle(run, tokens));
    }

    @Override
    public List<Effective> policies() {
        return policies.all();
    }

    @Override
    public void change(Policy policy) {
        policies.change(policy);
    }

    @Override
    public void switchOff(String policy) {
        policies.switchOff(policy);
    }

    @Override
    public void reset(String policy) {
        policies.reset(policy);
    }

    @Override
    public LimitStats stats() {
        return counts.stats(limiter.isAway());
    }
}
