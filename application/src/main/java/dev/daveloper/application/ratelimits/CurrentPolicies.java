package dev.daveloper.application.ratelimits;

import dev.daveloper.application.events.out.Neighbours;
import dev.daveloper.application.ratelimits.in.RateLimits.Effective;
import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.domain.events.Signal;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicySet;
import dev.daveloper.domain.ratelimits.PolicyText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The policies that hold: those configured, with what administrators changed in their place. */
final class CurrentPolicies {
    private final PolicySet configured;
    private final PolicyStore store;
    private final Neighbours neighbours;
    private volatile Map<String, String> changes = Map.of();
    private volatile PolicySet current;

    CurrentPolicies(Collection<Policy> configured, PolicyStore store, Neighbours neighbours) {
        this.configured = new PolicySet(configured);
        this.current = this.configured;
        this.store = store;
        this.neighbours = neighbours;
    }

    PolicySet now() {
        return current;
    }

    /** Reads again what was changed, by whatever node. */
    void reload() {
        Map<String, String> read = store.changes();
        if (!read.equals(changes)) {
            current = overlaid(read);
            changes = Map.copyOf(read);
        }
    }

    List<Effective> all() {
        Map<String, String> changed = changes;
        PolicySet holding = current;
        TreeSet<String> names = new TreeSet<>(changed.keySet());
        configured.all().forEach(policy -> names.add(policy.name()));
        return names.stream()
                .map(name -> new Effective(name, holding.find(name), configured.find(name), changed.containsKey(name)))
                .toList();
    }

    void change(Policy policy) {
        put(policy.name(), policy.toString());
    }

    void switchOff(String name) {
        require(name);
        put(name, PolicyText.OFF);
    }

    void reset(String name) {
        require(name);
        store.remove(name);
        told();
    }

    private void put(String name, String sentence) {
        if (!store.put(name, sentence)) {
            throw new InvalidRequest(
                    "#/policy", "As many policies were changed as may be: " + PolicyStore.MAX_CHANGES + ".");
        }
        told();
    }

    private void told() {
        reload();
        neighbours.tell(new Signal.PoliciesChanged());
    }

    private void require(String name) {
        if (configured.find(name).isEmpty() && !store.changes().containsKey(name)) {
            throw new NotFound("policy");
        }
    }

    private PolicySet overlaid(Map<String, String> changed) {
        Map<String, Policy> byName = new LinkedHashMap<>();
        configured.all().forEach(policy -> byName.put(policy.name(), policy));
        changed.forEach((name, sentence) -> {
            if (sentence.equals(PolicyText.OFF)) {
                byName.remove(name);
            } else {
                read(name, sentence).ifPresent(policy -> byName.put(name, policy));
            }
        });
        return new PolicySet(byName.values());
    }

    /** What a node of a newer version wrote may say more than this one understands. */
    private static Optional<Policy> read(String name, String sentence) {
        try {
            return Optional.of(PolicyText.read(sentence))
                    .filter(policy -> policy.name().equals(name));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
