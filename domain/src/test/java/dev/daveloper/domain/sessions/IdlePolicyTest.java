package dev.daveloper.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class IdlePolicyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final IdlePolicy policy = new IdlePolicy(Duration.ofHours(1), Duration.ofHours(3));
    private final Session session = new Session(SessionId.next(new Ids(() -> START, new SecureRandom())), START, START);

    @Test
    void a_session_ends_an_idle_time_after_its_last_use() {
        assertThat(policy.endOf(session)).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(policy.isOver(session, START.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(policy.isOver(session, START.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void no_use_prolongs_a_session_beyond_its_greatest_age() {
        Session used = session.seenAt(START.plus(Duration.ofMinutes(150)));
        assertThat(policy.endOf(used)).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void only_uses_that_move_the_end_noticeably_are_worth_a_write() {
        assertThat(policy.isWorthNoting(session, START.plusSeconds(60))).isFalse();
        assertThat(policy.isWorthNoting(session, START.plusSeconds(61))).isTrue();
    }
}
