package dev.daveloper.domain.failures;

import dev.daveloper.domain.ratelimits.Decision;
import dev.daveloper.domain.ratelimits.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** As much was done as may be done in the time: nothing was accepted and nothing taken, trying again later helps. */
public final class QuotaExceeded extends GatewayException {
    private static final long serialVersionUID = 1L;

    /** How long to wait for a slot, of which nobody knows when it comes back. */
    private static final Duration SLOT_PATIENCE = Duration.ofSeconds(1);

    private final transient Decision.Refused decision;

    public QuotaExceeded(Decision.Refused decision) {
        super(
                FailureCode.QUOTA_EXCEEDED,
                "The limit " + String.join(" and ", violated(decision)) + " is reached; try again later.");
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

    @Override
    public Optional<Duration> retryAfter() {
        return decision.standings().stream()
                .filter(Standing::isViolated)
                .map(standing -> standing.untilMore().isZero() ? SLOT_PATIENCE : standing.untilMore())
                .max(Comparator.naturalOrder());
    }

    private static List<String> violated(Decision decision) {
        return decision.standings().stream()
                .filter(Standing::isViolated)
                .map(standing -> standing.policy().name())
                .collect(Collectors.toUnmodifiableList());
    }
}
