package dev.daveloper.application.sessions;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.IdlePolicy;
import java.time.Duration;

/**
 * The bounds of sessions.
 *
 * @param policy when they end by themselves
 * @param maxPerAddress sessions that live at once and were opened from one client address; 0 for any number
 */
public record SessionSettings(IdlePolicy policy, int maxPerAddress) {
    public static final SessionSettings DEFAULT =
            new SessionSettings(new IdlePolicy(Duration.ofHours(24), Duration.ofDays(30)), 10_000);

    public SessionSettings {
        if (maxPerAddress < 0) {
            throw new InvalidValue("maxPerAddress", Integer.toString(maxPerAddress), "0 or more");
        }
    }
}
