package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.AtCapacity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The runs that this node makes at the moment, at most so many. Safe for use by many threads. */
final class LiveRuns {
    private final ChatSettings settings;
    private final InstantSource clock;
    private final RunListener listener;
    private final Semaphore places;
    private final Map<RunId, LiveRun> byId = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LiveRuns(ChatSettings settings, InstantSource clock, RunListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.places = new Semaphore(settings.bounds().activeRuns());
    }

    /** Makes room for a run that its caller is about to begin, visible to followers from now on. */
    LiveRun open(Run run, long epoch) {
        if (closed) {
            throw AtCapacity.shuttingDown();
        }
        if (!places.tryAcquire()) {
            throw AtCapacity.runs();
        }
        RunTail tail = new RunTail(new Lease(run, epoch), settings);
        LiveRun live = new LiveRun(tail, settings.bounds().viewersPerRun(), clock, listener);
        byId.put(run.id(), live);
        return live;
    }

    Optional<LiveRun> find(RunId run) {
        return Optional.ofNullable(byId.get(run));
    }

    /** Frees the run's place. Who still follows its tail reads on from there. */
    void remove(LiveRun live) {
        if (byId.remove(live.run().id(), live)) {
            places.release();
        }
    }

    Collection<LiveRun> all() {
        return List.copyOf(byId.values());
    }

    int count() {
        return byId.size();
    }

    /** Takes no more runs, waits this long for those there are, then ends them as interrupted. */
    void close(Duration grace, Duration afterwards) throws InterruptedException {
        closed = true;
        if (!awaitNone(grace)) {
            all().forEach(live -> live.end(Ending.INTERRUPTED));
            awaitNone(afterwards);
        }
    }

    boolean isClosed() {
        return closed;
    }

    private boolean awaitNone(Duration patience) throws InterruptedException {
        int all = settings.bounds().activeRuns();
        if (!places.tryAcquire(all, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        places.release(all);
        return true;
    }
}
