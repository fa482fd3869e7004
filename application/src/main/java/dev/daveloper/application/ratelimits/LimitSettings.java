package dev.daveloper.application.ratelimits;

import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is configured of rate limits.
 *
 * @param policies that hold unless an administrator changes them, each name once
 * @param holdRuns how long what a run has taken is remembered at most: longer than any run lives
 */
public record LimitSettings(List<Policy> policies, Duration holdRuns) {
    /** Generous to people, also to many behind one address, and narrow for what costs most. */
    public static final LimitSettings DEFAULT = new LimitSettings(
            Stream.of(
                            "chat: 20 per 1m by session on chat",
                            "chat-address: 300 per 1m by address on chat",
                            "sessions: 120 per 1m by address on sessions",
                            "tools: 60 per 1m by address on tools",
                            "uploads: 120 per 1h by session on uploads burst 60",
                            "upload-bytes: 1GiB bytes per 1h by session on uploads",
                            "sockets: 120 per 1m by address on sockets",
                            "all: 3000 per 1m by address on all burst 1500")
                    .map(PolicyText::read)
                    .toList(),
            Duration.ofMinutes(20));

    public static final LimitSettings NONE = new LimitSettings(List.of(), Duration.ofDays(1));

    public LimitSettings {
        policies = List.copyOf(policies);
    }
}
