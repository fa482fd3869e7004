package dev.daveloper.application.testkit;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import java.util.HashMap;
import java.util.Map;

/** Keeps changed policies in a map. */
public final class InMemoryPolicyStore implements PolicyStore {
    private final Map<String, String> changes = new HashMap<>();

    @Override
    public synchronized Map<String, String> changes() {
        return Map.copyOf(changes);
    }

    @Override
    public synchronized boolean put(String policy, String sentence) {
        if (!changes.containsKey(policy) && changes.size() >= MAX_CHANGES) {
            return false;
        }
        changes.put(policy, sentence);
        return true;
    }

    @Override
    public synchronized void remove(String policy) {
        changes.remove(policy);
    }
}
