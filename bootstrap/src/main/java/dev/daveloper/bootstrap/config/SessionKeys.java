package dev.daveloper.bootstrap.config;

import dev.daveloper.application.sessions.SessionSettings;
import dev.daveloper.domain.sessions.IdlePolicy;
import java.time.Duration;
import java.util.List;

/** How long sessions live, and how many. */
final class SessionKeys {
    static final Setting<Duration> IDLE = Setting.of(
            "session.idle",
            Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "24h",
            "Time after its last use at which a session ends, and its conversation is forgotten.");
    static final Setting<Duration> MAX_AGE = Setting.of(
            "session.max-age",
            Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(3_650)),
            "30d",
            "Time after its start at which a session ends, however much it is used.");

    static final Setting<Integer> MAX_PER_ADDRESS = Setting.of(
            "session.max-per-address",
            Kinds.wholeNumber(0, 100_000_000),
            "10000",
            "Sessions that live at once and were opened from one client address, or one /64 network of IPv6; 0 for any"
                    + " number. Behind a proxy set http.trusted-proxies, or all visitors count as one address.");

    static final Group GROUP = new Group("Sessions", List.of(IDLE, MAX_AGE, MAX_PER_ADDRESS));

    private SessionKeys() {}

    static SessionSettings bind(Values values) {
        if (values.get(IDLE).compareTo(values.get(MAX_AGE)) > 0) {
            throw new IllegalArgumentException("session.idle must not be longer than session.max-age, not "
                    + Durations.write(values.get(IDLE)) + " of " + Durations.write(values.get(MAX_AGE)) + ".");
        }
        return new SessionSettings(new IdlePolicy(values.get(IDLE), values.get(MAX_AGE)), values.get(MAX_PER_ADDRESS));
    }
}
