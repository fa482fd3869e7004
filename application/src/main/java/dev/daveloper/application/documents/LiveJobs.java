package dev.daveloper.application.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The jobs under way that this node knows, each watched by a thread of its own until it is over, and the viewers that
 * follow them. What a job does is asked for once, however many follow it.
 */
final class LiveJobs implements AutoCloseable {
    private static final Duration RESUME_PAUSE = Duration.ofSeconds(2);

    private final DocumentService service;
    private final DocumentSettings settings;
    private final InstantSource clock;
    private final Consumer<IngestionJob> onEnd;
    private final Semaphore watches;
    private final Map<JobId, JobWatch> live = new ConcurrentHashMap<>();
    private final Map<Scope, Set<ScopeFollower>> followers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param onEnd hears of each job that completed or failed, once */
    LiveJobs(DocumentService service, DocumentSettings settings, InstantSource clock, Consumer<IngestionJob> onEnd) {
        this.service = service;
        this.settings = settings;
        this.clock = clock;
        this.onEnd = onEnd;
        this.watches = new Semaphore(settings.maxWatches());
    }

    /** Watches the jobs that an earlier process left under way, as soon as the service can be asked for them. */
    void resume() {
        Thread.ofVirtual().name("documents-resume").start(() -> {
            try {
                while (!tryResume() && !closed.await(RESUME_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {}
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean tryResume() {
        try {
            service.unfinished(settings.maxLiveJobs()).forEach(this::watch);
            return true;
        } catch (GatewayException e) {
            return false;
        }
    }

    /** @throws DocumentsUnavailable when as many jobs are under way as this node may know */
    void requireRoom() {
        if (live.size() >= settings.maxLiveJobs()) {
            throw DocumentsUnavailable.busy();
        }
    }

    int size() {
        return live.size();
    }

    /** Watches a job to its end, unless that is done already. */
    void watch(IngestionJob job) {
        if (job.isOver() || closed.getCount() == 0) {
            return;
        }
        JobId id = job.ticket().id();
        JobWatch watch = new JobWatch(job, service, watches, clock, closed, this);
        if (live.putIfAbsent(id, watch) == null) {
            Thread.ofVirtual().name("watch " + id).start(watch);
        }
    }

    /** A new viewer; nothing that changes from now on escapes it. */
    ScopeFollower follow(Scope scope, Optional<JobId> only) {
        ScopeFollower follower = new ScopeFollower(scope, only, this::forget);
        followers.compute(scope, (key, known) -> {
            Set<ScopeFollower> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(follower);
            return all;
        });
        if (closed.getCount() == 0) {
            follower.lose();
        }
        return follower;
    }

    private void forget(ScopeFollower follower) {
        followers.computeIfPresent(follower.scope(), (key, known) -> {
            known.remove(follower);
            return known.isEmpty() ? null : known;
        });
    }

    void changed(IngestionJob job) {
        if (job.isOver()) {
            live.remove(job.ticket().id());
            onEnd.accept(job);
        }
        followers.getOrDefault(job.ticket().scope(), Set.of()).forEach(follower -> follower.tell(job));
    }

    /** The watch was given up, though the job may go on. */
    void lost(IngestionJob job) {
        JobId id = job.ticket().id();
        live.remove(id);
        followers.getOrDefault(job.ticket().scope(), Set.of()).forEach(follower -> follower.loseIfOnly(id));
    }

    /** Ends every watch and every following; the jobs go on. */
    @Override
    public void close() {
        closed.countDown();
        live.values().forEach(JobWatch::close);
        followers.values().forEach(all -> all.forEach(ScopeFollower::lose));
    }
}
