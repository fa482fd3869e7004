package dev.daveloper.application.health;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.application.health.out.HealthProbe.Part;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One component that is asked: never twice at once, however long it takes. Under the lock of {@link HealthService} in
 * all but the asking itself.
 */
final class Asking {
    private final HealthProbe probe;
    private final Consumer<GatewayEvent.HealthChanged> changes;
    private final Known whole;
    private final Map<String, Known> parts = new LinkedHashMap<>();
    private @Nullable Thread thread;
    private long startedNanos;
    private boolean silent;
    private boolean wasWell;
    /** By the clock, in milliseconds; the beginning of time before anything was noted. */
    private long notedMillis = Long.MIN_VALUE;

    /** @param changes hears of each change, under the lock */
    Asking(HealthProbe probe, Consumer<GatewayEvent.HealthChanged> changes) {
        this.probe = probe;
        this.changes = changes;
        this.whole = new Known(probe.component(), probe.vital(), changes);
    }

    String component() {
        return probe.component();
    }

    boolean vital() {
        return probe.vital();
    }

    /** Whether it was asked and has not answered. */
    boolean isUnderWay() {
        return thread != null;
    }

    /** Whether somebody may wait for it. */
    boolean isAwaited() {
        return thread != null && !silent;
    }

    boolean isKnown() {
        return whole.latest().isPresent();
    }

    /** Whether it has ever been without a failure. */
    boolean wasWell() {
        return wasWell;
    }

    boolean isDue(long nowMillis, Duration freshFor) {
        return notedMillis == Long.MIN_VALUE || nowMillis - notedMillis >= freshFor.toMillis();
    }

    /** How long it has been under way, in nanoseconds. */
    long nanosUnderWay() {
        return System.nanoTime() - startedNanos;
    }

    /** To be started by the caller; the thread that asks gives its finding to {@link #answered}. */
    void begin(Thread asking) {
        thread = asking;
        startedNanos = System.nanoTime();
        silent = false;
    }

    /** Asks, on the calling thread and without the lock. */
    Finding ask() {
        try {
            return probe.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Finding(Status.FAIL, "The check was interrupted.");
        } catch (RuntimeException e) {
            return new Finding(Status.FAIL, "The check failed.");
        }
    }

    /** What it says too late does not count: it is noted as silent by then, and asked anew. */
    void answered(Finding finding, Instant at) {
        Duration took = Duration.ofNanos(nanosUnderWay());
        thread = null;
        if (!silent) {
            wasWell |= finding.status() != Status.FAIL;
            whole.note(finding, "", at, took);
            noteParts(finding.parts(), at);
            notedMillis = at.toEpochMilli();
        }
    }

    /** Notes that it has taken too long, and interrupts it the first time. */
    void noteSilence(Instant at) {
        Thread asking = thread;
        if (!silent && asking != null) {
            silent = true;
            asking.interrupt();
        }
        Duration waited = Duration.ofNanos(nanosUnderWay());
        whole.noteSilence(at, waited);
        parts.values().forEach(part -> part.noteSilence(at, waited));
        notedMillis = at.toEpochMilli();
    }

    /** Gives it up: what it says from now on does not count. */
    void interrupt() {
        silent = true;
        Thread asking = thread;
        if (asking != null) {
            asking.interrupt();
        }
    }

    private void noteParts(List<Part> found, Instant at) {
        List<Part> told = found.subList(0, Math.min(found.size(), HealthProbe.MAX_PARTS));
        parts.keySet().retainAll(told.stream().map(this::nameOf).toList());
        told.forEach(part -> parts.computeIfAbsent(nameOf(part), name -> new Known(name, false, changes))
                .note(part.finding(), part.address(), at, part.latency()));
    }

    private String nameOf(Part part) {
        return probe.component() + ":" + part.name();
    }

    /** The component, and then its servers; only what is known. */
    List<Known> all() {
        List<Known> all = new ArrayList<>();
        if (isKnown()) {
            all.add(whole);
            all.addAll(parts.values());
        }
        return all;
    }
}
