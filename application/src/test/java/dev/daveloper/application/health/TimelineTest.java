package dev.daveloper.application.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.application.health.in.Timeline.Change;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final ManualClock clock = new ManualClock();
    private final Instant start = clock.instant();
    private final StateLog log = new StateLog();

    @Test
    void only_changes_are_remembered() {
        log.note(Status.PASS, start);
        log.note(Status.PASS, start.plusSeconds(10));
        log.note(Status.FAIL, start.plusSeconds(20));
        assertThat(log.timeline().changes())
                .containsExactly(new Change(Status.PASS, start), new Change(Status.FAIL, start.plusSeconds(20)));
        assertThat(log.timeline().since()).isEqualTo(start.plusSeconds(20));
        assertThat(log.timeline().status()).isEqualTo(Status.FAIL);
    }

    @Test
    void the_oldest_changes_make_room_and_the_newest_is_always_there() {
        for (int i = 0; i < 3 * StateLog.MAX_CHANGES + 1; i++) {
            log.note(i % 2 == 0 ? Status.PASS : Status.FAIL, start.plusSeconds(i));
        }
        assertThat(log.timeline().changes()).hasSize(StateLog.MAX_CHANGES);
        assertThat(log.timeline().since()).isEqualTo(start.plusSeconds(3L * StateLog.MAX_CHANGES));
    }

    @Test
    void uptime_is_the_part_of_the_known_time_without_failure() {
        Timeline timeline = new Timeline(List.of(
                new Change(Status.PASS, start),
                new Change(Status.FAIL, start.plusSeconds(60)),
                new Change(Status.WARN, start.plusSeconds(90))));
        Instant now = start.plusSeconds(120);
        assertThat(timeline.uptime(start.minusSeconds(3_000), now)).isEqualTo(0.75);
        assertThat(timeline.uptime(start.plusSeconds(60), now)).isEqualTo(0.5);
        assertThat(timeline.uptime(start.plusSeconds(100), now)).isEqualTo(1);
        assertThat(timeline.uptime(now, now)).isEqualTo(1);
        assertThat(new Timeline(List.of(new Change(Status.FAIL, now))).uptime(start, now))
                .isZero();
    }

    @Test
    void health_remembers_what_each_component_was_and_the_whole() {
        AtomicReference<Status> agent = new AtomicReference<>(Status.PASS);
        HealthService health =
                new HealthService(List.of(probe("agent", agent)), () -> true, clock, Duration.ofSeconds(30));
        health.report();
        clock.advance(Duration.ofSeconds(10));
        agent.set(Status.FAIL);
        Timeline timeline = health.history().components().get("agent");
        assertThat(timeline).isNotNull();
        assertThat(timeline.changes())
                .containsExactly(new Change(Status.PASS, start), new Change(Status.FAIL, start.plusSeconds(10)));
        assertThat(health.history().whole().status()).isEqualTo(Status.WARN);
        assertThat(health.history().report().components()).hasSize(1);
    }

    private static HealthProbe probe(String name, AtomicReference<Status> status) {
        return new HealthProbe() {
            @Override
            public String component() {
                return name;
            }

            @Override
            public boolean vital() {
                return false;
            }

            @Override
            public Finding check() {
                return new Finding(status.get(), "");
            }
        };
    }
}
