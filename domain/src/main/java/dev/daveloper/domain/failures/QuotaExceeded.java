package dev.daveloper.domain.failures;

import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Rate;
import dev.daveloper.domain.ratelimits.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** As much was done as may be done in the time: nothing was accepted and nothing taken. */
public final class QuotaExceeded extends GatewayException {
    private static final long serialVersionUID = 1L;

    /** How long to wait for a slot, of which nobody knows when it comes back. */
    private static final Duration SLOT_PATIENCE = Duration.ofSeconds(1);

    private final transient Decision.Refused decision;

    public QuotaExceeded(Decision.Refused decision) {
        super(FailureCode.QUOTA_EXCEEDED, detailOf(decision));
        this.decision = decision;
    }

    /** How the caller stands with every policy that applies. */
    public List<Standing> standings() {
        return decision.standings();
    }

    /** The names of the policies that refuse. */
    public List<String> violated() {
        return violated(decision);
    }

    /** Empty when waiting does not help, because a whole burst would not be enough. */
    @Override
    public Optional<Duration> retryAfter() {
        if (decision.standings().stream().anyMatch(QuotaExceeded::asksTooMuch)) {
            return Optional.empty();
        }
        return decision.standings().stream()
                .filter(Standing::isViolated)
                .map(standing -> standing.untilMore().isZero() ? SLOT_PATIENCE : standing.untilMore())
                .max(Comparator.naturalOrder());
    }

    private static String detailOf(Decision decision) {
        String names = String.join(" and ", violated(decision));
        if (decision.standings().stream().anyMatch(QuotaExceeded::asksTooMuch)) {
            return "This call takes more at once than " + names + " ever allows.";
        }
        return violated(decision).size() == 1
                ? "The limit " + names + " is reached."
                : "The limits " + names + " are reached.";
    }

    private static boolean asksTooMuch(Standing standing) {
        return standing.isViolated()
                && standing.policy().limit() instanceof Rate rate
                && standing.remaining() == rate.burst();
    }

    private static List<String> violated(Decision decision) {
        return decision.standings().stream()
                .filter(Standing::isViolated)
                .map(standing -> standing.policy().name())
                .toList();
    }
}
