package dev.daveloper.bootstrap.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.UnexpectedFailure;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TroubleReportsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void trouble_is_reported_and_everything_is_heard() {
        List<GatewayEvent> heard = new ArrayList<>();
        List<UnexpectedFailure> reported = new ArrayList<>();
        TroubleReports reports = new TroubleReports(heard::add, reported::add);
        Exception broken = new IllegalStateException("broken");

        reports.on(new GatewayEvent.SessionOpened(SessionId.next(new Ids(() -> NOON, new Random(1))), NOON));
        reports.on(new GatewayEvent.Trouble("keeper", broken, NOON));

        assertThat(heard).hasSize(2);
        assertThat(reported).singleElement().satisfies(failure -> {
            assertThat(failure.where()).isEqualTo("keeper");
            assertThat(failure.cause()).isSameAs(broken);
            assertThat(failure.at()).isEqualTo(NOON);
        });
    }
}
