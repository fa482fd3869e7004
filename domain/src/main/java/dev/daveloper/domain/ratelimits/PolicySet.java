package dev.daveloper.domain.ratelimits;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policies that hold at one moment, each name once. Safe for use by many threads. */
public final class PolicySet {
    /** Which policies one kind of call meets is worked out once; there are as many kinds as routes. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, Policy> byName;
    private final List<Policy> all;
    private final Map<Set<Target>, List<Policy>> byTargets = new ConcurrentHashMap<>();

    /** @throws IllegalStateException when two have one name */
    public PolicySet(Collection<Policy> policies) {
        this.all = List.copyOf(policies);
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(Policy::name, Function.identity()));
    }

    public List<Policy> all() {
        return all;
    }

    public Optional<Policy> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Those that apply to a call which is all of this. */
    public List<Policy> applyingTo(Set<Target> targets) {
        List<Policy> known = byTargets.get(targets);
        if (known != null) {
            return known;
        }
        List<Policy> applying =
                all.stream().filter(policy -> policy.costOf(targets) > 0).toList();
        if (byTargets.size() < MAX_REMEMBERED) {
            byTargets.put(Set.copyOf(targets), applying);
        }
        return applying;
    }
}
