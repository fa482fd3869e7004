package dev.daveloper.application.health;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Readiness;
import dev.daveloper.application.health.in.Readiness.Mode;
import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the probes in the background, all at once, none more often than once a second and none twice at the same time,
 * and remembers what has changed. Whoever wants to know is told what is known: a component that hangs is waited for
 * once, right after the start, and from then on never longer than {@link #PATIENCE}.
 */
public final class HealthService implements Health, AutoCloseable {
    /** How long a component may take to say how it is; what it says later does not count. */
    static final Duration MAX_PROBE = Duration.ofSeconds(2);

    /** How long a report is given again without asking. */
    static final Duration FRESH_FOR = Duration.ofSeconds(1);

    /** How long somebody waits for those that are just being asked, so that what is well is told as it is now. */
    static final Duration PATIENCE = Duration.ofMillis(25);

    /** How often components are asked when nobody wants to know. */
    static final Duration PACE = Duration.ofSeconds(5);

    private final List<Asking> all;
    private final BooleanSupplier open;
    private final EventListener listener;
    private final Queue<GatewayEvent> untold = new ConcurrentLinkedQueue<>();
    private final InstantSource clock;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StateLog whole = new StateLog();
    private @Nullable Thread asker;
    private boolean closed;

    /** @param open whether the node is not being stopped */
    public HealthService(List<HealthProbe> probes, BooleanSupplier open, InstantSource clock, EventListener listener) {
        this(probes, open, clock, PATIENCE, listener);
    }

    HealthService(List<HealthProbe> probes, BooleanSupplier open, InstantSource clock) {
        this(probes, open, clock, event -> {});
    }

    HealthService(List<HealthProbe> probes, BooleanSupplier open, InstantSource clock, Duration patience) {
        this(probes, open, clock, patience, event -> {});
    }

    private HealthService(
            List<HealthProbe> probes,
            BooleanSupplier open,
            InstantSource clock,
            Duration patience,
            EventListener listener) {
        this.all = probes.stream().map(probe -> new Asking(probe, untold::add)).toList();
        this.open = open;
        this.clock = clock;
        this.listener = listener;
        this.patienceNanos = patience.toNanos();
    }

    /** Asks from now on by itself, on one thread of its own. Once. */
    public void start() {
        lock.lock();
        try {
            asker = Thread.ofVirtual().name("health").start(this::keepAsking);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Report report() {
        lock.lock();
        try {
            askThoseDue();
            await(patienceNanos);
            return compose();
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
            all.forEach(asking -> asking.all()
                    .forEach(known ->
                            known.latest().ifPresent(latest -> components.put(latest.component(), known.timeline()))));
            return new History(report, whole.timeline(), components);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Readiness readiness() {
        lock.lock();
        try {
            Report report = report();
            List<String> away = report.components().stream()
                    .filter(component -> component.status() == Status.FAIL)
                    .map(ComponentHealth::component)
                    .toList();
            if (!open.getAsBoolean()) {
                return new Readiness(Status.FAIL, Mode.DRAINING, away);
            }
            if (report.status() == Status.FAIL) {
                boolean started = all.stream().allMatch(asking -> asking.wasWell() || !asking.vital());
                return new Readiness(Status.FAIL, started ? Mode.FAILING : Mode.STARTING, away);
            }
            return new Readiness(report.status(), away.isEmpty() ? Mode.NORMAL : Mode.DEGRADED, away);
        } finally {
            lock.unlock();
        }
    }

    private void askThoseDue() {
        for (Asking asking : all) {
            boolean due = !closed && asking.isDue(clock.millis(), FRESH_FOR);
            if (due && !asking.isUnderWay()) {
                Thread thread =
                        Thread.ofVirtual().name("probe-" + asking.component()).unstarted(() -> ask(asking));
                asking.begin(thread);
                thread.start();
            } else if (due && asking.nanosUnderWay() >= MAX_PROBE.toNanos()) {
                asking.noteSilence(clock.instant());
            }
        }
    }

    private void ask(Asking asking) {
        Finding finding = asking.ask();
        lock.lock();
        try {
            asking.answered(finding, clock.instant());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tellChanges();
    }

    /** Without the lock: whoever hears of it may ask for the report. What is found out elsewhere is told soon after. */
    private void tellChanges() {
        for (GatewayEvent event = untold.poll(); event != null; event = untold.poll()) {
            listener.on(event);
        }
    }

    /**
     * Waits for those that are being asked, for each no longer than this after it was asked; for those of which nothing
     * is known yet until they count as silent.
     */
    private void await(long nanos) {
        try {
            for (long left = longest(nanos); left > 0 && !closed; left = longest(nanos)) {
                changed.awaitNanos(left);
            }
            all.stream()
                    .filter(asking -> asking.isAwaited() && !asking.isKnown())
                    .filter(asking -> asking.nanosUnderWay() >= MAX_PROBE.toNanos())
                    .forEach(asking -> asking.noteSilence(clock.instant()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long longest(long nanos) {
        return all.stream()
                .filter(Asking::isAwaited)
                .mapToLong(asking -> (asking.isKnown() ? nanos : MAX_PROBE.toNanos()) - asking.nanosUnderWay())
                .max()
                .orElse(0);
    }

    /** What is not known yet is not told, and counts as a failure. */
    private Report compose() {
        List<ComponentHealth> components = new ArrayList<>();
        Status overall = Status.PASS;
        for (Asking asking : all) {
            overall = asking.isKnown() ? overall : overall.worseOf(asking.vital() ? Status.FAIL : Status.WARN);
            for (Known known : asking.all()) {
                known.latest().ifPresent(components::add);
            }
        }
        for (ComponentHealth component : components) {
            boolean downgraded = component.status() == Status.FAIL && !component.vital();
            overall = overall.worseOf(downgraded ? Status.WARN : component.status());
        }
        whole.note(overall, clock.instant());
        return new Report(overall, components);
    }

    /** Asks, waits for all as long as each may take, and so finds out those that are silent although nobody asks. */
    private void keepAsking() {
        try {
            while (askAll()) {
                tellChanges();
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is anybody to ask again. */
    private boolean askAll() {
        lock.lock();
        try {
            if (!closed) {
                askThoseDue();
                await(MAX_PROBE.toNanos());
                askThoseDue();
                compose();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void rest() throws InterruptedException {
        lock.lock();
        try {
            for (long left = PACE.toNanos(); left > 0 && !closed; ) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks nobody any more; what is known is still told. Ends its thread, interrupts those that ask. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            all.forEach(Asking::interrupt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = asker;
        if (running == null) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
