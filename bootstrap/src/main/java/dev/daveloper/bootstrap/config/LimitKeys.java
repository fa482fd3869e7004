package dev.daveloper.bootstrap.config;

import dev.daveloper.application.ratelimits.LimitSettings;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What callers may do how often. */
final class LimitKeys {
    static final Setting<Boolean> DEFAULTS = Setting.of(
            "rate-limits.defaults",
            Kinds.FLAG,
            "true",
            "Whether the policies that come with the gateway hold, each unless rate-limits.policies says otherwise of"
                    + " its name.");
    static final Setting<Map<String, Optional<Policy>>> POLICIES = Setting.of(
            "rate-limits.policies",
            Kinds.POLICIES,
            "",
            "Policies, each a sentence such as chat: 20 per 1m by session on chat, or chat: off. The guide to rate"
                    + " limits says how to choose them.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "rate-limits.timeout",
            Kinds.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
            "50ms",
            "Time for an answer of Redis, before a node counts for itself.");

    static final Group GROUP = new Group("Rate limits", List.of(DEFAULTS, POLICIES, TIMEOUT));

    /** Generous to people, also to many behind one address, and narrow for what costs most. */
    private static final List<String> BUILT_IN = List.of(
            "chat: 20 per 1m by session on chat",
            "chat-address: 300 per 1m by address on chat",
            "sessions: 120 per 1m by address on sessions",
            "tools: 60 per 1m by address on tools",
            "uploads: 120 per 1h by session on uploads burst 60",
            "upload-bytes: 1GiB bytes per 1h by session on uploads",
            "sockets: 120 per 1m by address on sockets",
            "all: 3000 per 1m by address on all burst 1500");

    private LimitKeys() {}

    /** @param runTimeout how long a run may last */
    static LimitSettings bind(Values values, Duration runTimeout) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        if (values.get(DEFAULTS)) {
            BUILT_IN.stream().map(PolicyText::read).forEach(policy -> policies.put(policy.name(), policy));
        }
        values.get(POLICIES)
                .forEach((name, policy) ->
                        policy.ifPresentOrElse(holds -> policies.put(name, holds), () -> policies.remove(name)));
        return new LimitSettings(List.copyOf(policies.values()), runTimeout.multipliedBy(2));
    }
}
