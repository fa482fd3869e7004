package dev.daveloper.application.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Readiness;
import dev.daveloper.application.health.in.Readiness.Mode;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.application.health.out.HealthProbe.Part;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.ComponentHealth.LastError;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HealthServiceTest {
    /** So that what answers is waited for on any machine. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final CountDownLatch letGo = new CountDownLatch(1);

    @AfterEach
    void release() {
        letGo.countDown();
    }

    @Test
    void the_worst_component_decides_but_one_that_is_not_vital_only_warns() {
        assertThat(statusOf(saying("a", true, Status.PASS), saying("b", false, Status.PASS)))
                .isEqualTo(Status.PASS);
        assertThat(statusOf(saying("a", true, Status.WARN), saying("b", false, Status.PASS)))
                .isEqualTo(Status.WARN);
        assertThat(statusOf(saying("a", true, Status.PASS), saying("b", false, Status.FAIL)))
                .isEqualTo(Status.WARN);
        assertThat(statusOf(saying("a", true, Status.FAIL), saying("b", false, Status.PASS)))
                .isEqualTo(Status.FAIL);
    }

    @Test
    void a_component_that_hangs_or_throws_has_failed_and_nothing_is_told_of_why() {
        HealthProbe throwing = probe("throwing", true, () -> {
            throw new IllegalStateException("secret host");
        });
        Health health = service(hanging("hanging", new AtomicInteger()), throwing, saying("fine", true, Status.PASS));
        List<ComponentHealth> components = health.report().components();
        assertThat(components)
                .extracting(ComponentHealth::status)
                .containsExactly(Status.FAIL, Status.FAIL, Status.PASS);
        assertThat(components).extracting(ComponentHealth::detail).noneMatch(detail -> detail.contains("secret"));
        assertThat(components.getFirst().lastError()).map(LastError::kind).contains(ErrorClass.TIMEOUT);
        assertThat(components.getFirst().latency()).isGreaterThanOrEqualTo(HealthService.MAX_PROBE);
        assertThat(components.getLast().lastError()).isEmpty();
    }

    @Test
    void who_asks_while_a_component_hangs_is_told_what_is_known_and_it_is_asked_once() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean hangs = new AtomicBoolean();
        HealthProbe freezing = probe("freezing", true, () -> {
            if (hangs.get()) {
                asked.incrementAndGet();
                letGo.await();
            }
            return Finding.PASS;
        });
        Health health = new HealthService(List.of(freezing), () -> true, clock);
        assertThat(health.report().status()).isEqualTo(Status.PASS);
        hangs.set(true);
        clock.advance(Duration.ofSeconds(1));
        List<Thread> askers = IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual().start(health::report))
                .toList();
        await().until(() -> askers.stream().noneMatch(Thread::isAlive));
        assertThat(letGo.getCount()).as("it hangs still").isEqualTo(1);
        assertThat(asked).hasValue(1);

        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return health.report().status() == Status.FAIL;
        });
        assertThat(health.readiness().mode()).isEqualTo(Mode.FAILING);
        assertThat(asked).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void one_that_does_not_let_itself_be_interrupted_is_not_asked_again_until_it_has_ended() {
        AtomicInteger asked = new AtomicInteger();
        HealthProbe stubborn = probe("stubborn", false, () -> {
            asked.incrementAndGet();
            awaitUninterruptibly();
            return Finding.PASS;
        });
        Health health = service(stubborn);
        for (int i = 0; i < 5; i++) {
            assertThat(health.report().status()).isEqualTo(Status.WARN);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(asked).hasValue(1);
        assertThat(health.report().components().getFirst().at()).isEqualTo(clock.instant());

        letGo.countDown();
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return health.report().status() == Status.PASS;
        });
        assertThat(asked).hasValue(2);
        assertThat(health.report().components().getFirst().lastError())
                .map(LastError::kind)
                .contains(ErrorClass.TIMEOUT);
    }

    @Test
    void nobody_is_asked_more_than_once_a_second() {
        AtomicInteger asked = new AtomicInteger();
        HealthProbe counting = probe("counting", true, () -> {
            asked.incrementAndGet();
            return Finding.PASS;
        });
        Health health = service(counting);
        for (int i = 0; i < 10; i++) {
            health.report();
        }
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        health.report();
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_node_takes_work_while_nothing_vital_fails_and_it_is_not_stopped() {
        Readiness degraded = service(saying("a", false, Status.FAIL), saying("b", true, Status.PASS))
                .readiness();
        assertThat(degraded).isEqualTo(new Readiness(Status.WARN, Mode.DEGRADED, List.of("a")));
        assertThat(degraded.mode().takesWork()).isTrue();
        assertThat(service(saying("a", false, Status.WARN)).readiness())
                .isEqualTo(new Readiness(Status.WARN, Mode.NORMAL, List.of()));
        Readiness stopped = new HealthService(List.of(saying("a", true, Status.PASS)), () -> false, clock).readiness();
        assertThat(stopped).isEqualTo(new Readiness(Status.FAIL, Mode.DRAINING, List.of()));
        assertThat(stopped.mode().takesWork()).isFalse();
    }

    @Test
    void a_vital_component_that_was_never_well_makes_a_node_that_starts_and_later_one_that_fails() {
        AtomicReference<Status> status = new AtomicReference<>(Status.FAIL);
        Health health = service(probe("store", true, () -> new Finding(status.get(), "")));
        assertThat(health.readiness().mode()).isEqualTo(Mode.STARTING);
        status.set(Status.PASS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(health.readiness().mode()).isEqualTo(Mode.NORMAL);
        status.set(Status.FAIL);
        clock.advance(Duration.ofSeconds(1));
        assertThat(health.readiness()).isEqualTo(new Readiness(Status.FAIL, Mode.FAILING, List.of("store")));
    }

    @Test
    void the_servers_of_a_component_are_told_beside_it_and_forgotten_with_it() {
        AtomicReference<List<Part>> parts = new AtomicReference<>(
                List.of(part("node-1", Finding.PASS), part("node-2", Finding.failing(ErrorClass.REFUSED, "away"))));
        Health health = service(probe("redis", true, () -> Finding.PASS.with(parts.get())));
        assertThat(health.report().status()).isEqualTo(Status.WARN);
        assertThat(health.report().components())
                .extracting(ComponentHealth::component)
                .containsExactly("redis", "redis:node-1", "redis:node-2");
        assertThat(health.report().components().getLast().family()).isEqualTo("redis");
        assertThat(health.readiness().away()).containsExactly("redis:node-2");
        assertThat(health.history().components()).containsOnlyKeys("redis", "redis:node-1", "redis:node-2");

        parts.set(IntStream.range(0, 40)
                .mapToObj(i -> part("node-" + i, Finding.PASS))
                .toList());
        clock.advance(Duration.ofSeconds(1));
        assertThat(health.report().components()).hasSize(1 + HealthProbe.MAX_PARTS);
        parts.set(List.of());
        clock.advance(Duration.ofSeconds(1));
        assertThat(health.report().components()).hasSize(1);
    }

    @Test
    void it_asks_by_itself_and_ends_when_it_is_closed() {
        AtomicInteger asked = new AtomicInteger();
        HealthService health = service(hanging("hanging", asked));
        health.start();
        await().until(() -> asked.get() == 1);
        health.close();
        health.close();
        assertThat(health.report().components()).isEmpty();
        assertThat(health.readiness().mode().takesWork()).isTrue();
    }

    private Status statusOf(HealthProbe... probes) {
        return service(probes).report().status();
    }

    private HealthService service(HealthProbe... probes) {
        return new HealthService(List.of(probes), () -> true, clock, PATIENT);
    }

    private static Part part(String name, Finding finding) {
        return new Part(name, "10.0.0.1:6379", finding, Duration.ofMillis(1));
    }

    private static HealthProbe saying(String name, boolean vital, Status status) {
        return probe(name, vital, () -> new Finding(status, ""));
    }

    private HealthProbe hanging(String name, AtomicInteger asked) {
        return probe(name, false, () -> {
            asked.incrementAndGet();
            letGo.await();
            return Finding.PASS;
        });
    }

    private void awaitUninterruptibly() {
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                // It goes on, as what hangs in the system does.
            }
        }
    }

    private interface Check {
        Finding find() throws InterruptedException;
    }

    private record Scripted(String component, boolean vital, Check script) implements HealthProbe {
        @Override
        public Finding check() throws InterruptedException {
            return script.find();
        }
    }

    private static HealthProbe probe(String name, boolean vital, Check script) {
        return new Scripted(name, vital, script);
    }
}
