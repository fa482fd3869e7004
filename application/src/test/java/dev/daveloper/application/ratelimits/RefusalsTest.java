package dev.daveloper.application.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.in.LimitStats.OfPolicy;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<GatewayEvent> told = new ArrayList<>();
    private final Refusals refusals = new Refusals(told::add, NOW);

    @Test
    void a_policy_is_told_of_once_a_minute_with_what_it_refused_since() {
        Instant first = NOW.plusSeconds(60);
        Instant second = first.plusSeconds(60);
        assertThat(refusals.isDue(NOW.plusSeconds(59))).isFalse();
        assertThat(refusals.isDue(first)).isTrue();

        refusals.tell(List.of(new OfPolicy("chat", 1, 5, 0, 0), new OfPolicy("idle", 9, 0, 3, 0)), first);
        refusals.tell(List.of(new OfPolicy("chat", 1, 5, 0, 0)), first);
        refusals.tell(List.of(new OfPolicy("chat", 1, 12, 0, 0)), second);

        assertThat(told)
                .containsExactly(
                        new GatewayEvent.LimitExceeded("chat", 5, NOW, first),
                        new GatewayEvent.LimitExceeded("chat", 7, first, second));
    }
}
