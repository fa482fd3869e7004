package dev.daveloper.application.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HealthServiceTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void the_worst_component_decides_but_one_that_is_not_vital_only_warns() {
        assertThat(report(probe("a", true, Status.PASS), probe("b", false, Status.PASS))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(report(probe("a", true, Status.WARN), probe("b", false, Status.PASS))
                        .status())
                .isEqualTo(Status.WARN);
        assertThat(report(probe("a", true, Status.PASS), probe("b", false, Status.FAIL))
                        .status())
                .isEqualTo(Status.WARN);
        assertThat(report(probe("a", true, Status.FAIL), probe("b", false, Status.PASS))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void a_component_that_hangs_or_throws_has_failed_and_holds_up_nobody() {
        CountDownLatch never = new CountDownLatch(1);
        HealthProbe hanging = probe("hanging", true, () -> {
            never.await();
            return HealthProbe.Finding.PASS;
        });
        HealthProbe throwing = probe("throwing", true, () -> {
            throw new IllegalStateException("secret host");
        });
        List<ComponentHealth> components =
                report(hanging, throwing, probe("fine", true, Status.PASS)).components();
        assertThat(components)
                .extracting(ComponentHealth::status)
                .containsExactly(Status.FAIL, Status.FAIL, Status.PASS);
        assertThat(components).extracting(ComponentHealth::detail).noneMatch(detail -> detail.contains("secret"));
    }

    @Test
    void nobody_is_asked_more_than_once_a_second() {
        AtomicInteger asked = new AtomicInteger();
        HealthProbe counting = probe("counting", true, () -> {
            asked.incrementAndGet();
            return HealthProbe.Finding.PASS;
        });
        Health health = new HealthService(List.of(counting), () -> true, clock);
        for (int i = 0; i < 10; i++) {
            health.report();
        }
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        health.report();
        assertThat(asked).hasValue(2);
        assertThat(health.ready()).isTrue();
    }

    @Test
    void a_node_is_ready_while_nothing_vital_fails_and_it_takes_work() {
        HealthProbe vital = probe("vital", true, Status.FAIL);
        HealthProbe other = probe("other", false, Status.FAIL);

        assertThat(new HealthService(List.of(vital), () -> true, clock).ready()).isFalse();
        assertThat(new HealthService(List.of(other), () -> true, clock).ready()).isTrue();
        assertThat(new HealthService(List.of(other), () -> false, clock).ready())
                .isFalse();
    }

    private Health.Report report(HealthProbe... probes) {
        return new HealthService(List.of(probes), () -> true, clock).report();
    }

    private static HealthProbe probe(String name, boolean vital, Status status) {
        return probe(name, vital, () -> new HealthProbe.Finding(status, ""));
    }

    private static HealthProbe probe(String name, boolean vital, Callable<HealthProbe.Finding> check) {
        return new HealthProbe() {
            @Override
            public String component() {
                return name;
            }

            @Override
            public boolean vital() {
                return vital;
            }

            @Override
            public Finding check() throws InterruptedException {
                try {
                    return check.call();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
