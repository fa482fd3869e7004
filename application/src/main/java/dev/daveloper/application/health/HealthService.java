package dev.daveloper.application.health;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Asks the probes, all at once and never more often than once a second, and remembers what has changed. It asks when it
 * is asked: between two questions a component may have failed and recovered unnoticed.
 */
public final class HealthService implements Health {
    /** How long a component may take to say how it is. */
    static final Duration MAX_PROBE = Duration.ofSeconds(1);

    /** How long a report is given again. */
    static final Duration FRESH_FOR = Duration.ofSeconds(1);

    private final List<HealthProbe> probes;
    private final BooleanSupplier ready;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final StateLog whole = new StateLog();
    /** One for each probe. */
    private final Map<String, StateLog> logs = new LinkedHashMap<>();

    private Report last = new Report(Status.PASS, List.of());
    private long lastMillis = Long.MIN_VALUE;

    /** @param ready whether the node takes new work */
    public HealthService(List<HealthProbe> probes, BooleanSupplier ready, InstantSource clock) {
        this.probes = List.copyOf(probes);
        this.ready = ready;
        this.clock = clock;
    }

    @Override
    public Report report() {
        lock.lock();
        try {
            if (lastMillis == Long.MIN_VALUE || clock.millis() - lastMillis >= FRESH_FOR.toMillis()) {
                last = ask();
                lastMillis = clock.millis();
                note(last);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public History history() {
        lock.lock();
        try {
            Report report = report();
            Map<String, Timeline> components = new LinkedHashMap<>();
            logs.forEach((name, log) -> components.put(name, log.timeline()));
            return new History(report, whole.timeline(), components);
        } finally {
            lock.unlock();
        }
    }

    private void note(Report report) {
        whole.note(report.status(), clock.instant());
        for (ComponentHealth component : report.components()) {
            logs.computeIfAbsent(component.component(), name -> new StateLog())
                    .note(component.status(), component.at());
        }
    }

    @Override
    public boolean ready() {
        return ready.getAsBoolean() && report().status() != Status.FAIL;
    }

    private Report ask() {
        Map<HealthProbe, FutureTask<HealthProbe.Finding>> asked = new LinkedHashMap<>();
        for (HealthProbe probe : probes) {
            FutureTask<HealthProbe.Finding> task = new FutureTask<>(probe::check);
            asked.put(probe, task);
            Thread.ofVirtual().name("probe-" + probe.component()).start(task);
        }
        long deadline = System.nanoTime() + MAX_PROBE.toNanos();
        List<ComponentHealth> components = new ArrayList<>();
        Status overall = Status.PASS;
        for (Map.Entry<HealthProbe, FutureTask<HealthProbe.Finding>> entry : asked.entrySet()) {
            HealthProbe probe = entry.getKey();
            HealthProbe.Finding finding = await(entry.getValue(), deadline);
            components.add(new ComponentHealth(probe.component(), finding.status(), finding.detail(), clock.instant()));
            boolean downgraded = finding.status() == Status.FAIL && !probe.vital();
            overall = overall.worseOf(downgraded ? Status.WARN : finding.status());
        }
        return new Report(overall, components);
    }

    private static HealthProbe.Finding await(FutureTask<HealthProbe.Finding> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return new HealthProbe.Finding(Status.FAIL, "no answer within " + MAX_PROBE.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new HealthProbe.Finding(Status.FAIL, "the check failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HealthProbe.Finding(Status.FAIL, "the check was interrupted");
        }
    }
}
