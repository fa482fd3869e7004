package dev.daveloper.application.ratelimits.out;

import java.util.Map;

/**
 * Keeps what administrators changed of the configured policies, the same for all nodes. Safe for use by many threads;
 * throws {@link dev.daveloper.domain.failures.StoreUnavailable}.
 */
public interface PolicyStore {
    /** Changes that may be kept at once. */
    int MAX_CHANGES = 200;

    /** Each policy's sentence, or {@link dev.daveloper.domain.ratelimits.PolicyText#OFF}, by its name. */
    Map<String, String> changes();

    /**
     * Keeps this sentence in the place of what the policy said before; answers false when there are as many changes as
     * there may be.
     */
    boolean put(String policy, String sentence);

    /** Forgets what was changed of the policy. */
    void remove(String policy);
}
