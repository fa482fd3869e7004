package dev.daveloper.application.ratelimits.in;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node counted of its rate limits.
 *
 * @param asked questions that were put
 * @param failures questions that could not be put to what all nodes share, or were not answered in time
 * @param away whether it counts for itself at the moment
 * @param meanWait how long calls waited for an answer on average, beside what else they had to wait for
 * @param longestWait how long a call waited at most
 */
public record LimitStats(
        Instant since,
        long asked,
        long failures,
        boolean away,
        Duration meanWait,
        Duration longestWait,
        List<OfPolicy> policies,
        List<Heavy> heaviest) {
    public LimitStats {
        policies = List.copyOf(policies);
        heaviest = List.copyOf(heaviest);
    }

    /**
     * What became of the questions to one policy.
     *
     * @param refused those that it refused
     * @param shadowRefused those that it would have refused if it did more than count
     * @param near those that it admitted when four fifths or more were used
     */
    public record OfPolicy(String policy, long admitted, long refused, long shadowRefused, long near) {}

    /**
     * Who takes most of a policy.
     *
     * @param key the subject's hash under a secret of this process: good to tell keys apart, not to find out whose
     */
    public record Heavy(String policy, String key, long asked, long refused) {}
}
