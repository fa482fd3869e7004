package dev.daveloper.application.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthChangesTest {
    private final ManualClock clock = new ManualClock();
    private final List<GatewayEvent> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<Status> status = new AtomicReference<>(Status.PASS);
    private final HealthService health = new HealthService(List.of(new Changing()), () -> true, clock, told::add);

    private final class Changing implements HealthProbe {
        @Override
        public String component() {
            return "agent";
        }

        @Override
        public boolean vital() {
            return true;
        }

        @Override
        public Finding check() {
            return new Finding(status.get(), "");
        }
    }

    private void found(Status next) {
        status.set(next);
        clock.advance(Duration.ofSeconds(2));
        await().until(() -> health.report().components().stream().anyMatch(component -> component.status() == next));
    }

    @Test
    void what_is_worse_or_better_than_before_is_told_and_that_all_is_well_at_first_is_not() {
        found(Status.PASS);
        found(Status.FAIL);
        found(Status.FAIL);
        found(Status.PASS);

        await().until(() -> told.size() == 2);
        assertThat(told)
                .map(event -> (GatewayEvent.HealthChanged) event)
                .extracting(GatewayEvent.HealthChanged::before)
                .containsExactly(Status.PASS, Status.FAIL);
    }

    @Test
    void a_component_that_is_found_failing_at_first_is_told_of() {
        found(Status.FAIL);

        await().until(() -> told.size() == 1);
    }
}
