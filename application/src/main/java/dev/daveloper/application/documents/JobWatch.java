package dev.daveloper.application.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches one job to its end, through absences of the service. Runs in a thread of its own. */
final class JobWatch implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** Failed tries in a row, at the longest pause more than half an hour of them, before the watch is given up. */
    private static final int MAX_TRIES = 400;

    private final DocumentService service;
    private final Semaphore watches;
    private final InstantSource clock;
    private final CountDownLatch closed;
    private final LiveJobs jobs;
    private volatile IngestionJob latest;
    private volatile @Nullable JobStream open;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private int tries;

    JobWatch(
            IngestionJob job,
            DocumentService service,
            Semaphore watches,
            InstantSource clock,
            CountDownLatch closed,
            LiveJobs jobs) {
        this.latest = job;
        this.service = service;
        this.watches = watches;
        this.clock = clock;
        this.closed = closed;
        this.jobs = jobs;
    }

    @Override
    public void run() {
        try {
            while (!latest.isOver() && tries < MAX_TRIES && isOpen()) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!latest.isOver()) {
                jobs.lost(latest);
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            if (watches.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS)) {
                try {
                    watch();
                } finally {
                    watches.release();
                }
            } else {
                saw(service.job(latest.ticket().id()));
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            }
        } catch (GatewayException e) {
            // The job goes on without us; what became of it is asked for again.
            tries++;
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            closed.await(pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void watch() throws InterruptedException {
        try (JobStream stream = service.watch(latest.ticket().id())) {
            open = stream;
            while (isOpen()) {
                switch (stream.next(PATIENCE)) {
                    case JobStep.Changed changed -> saw(Optional.of(changed.job()));
                    case JobStep.Quiet quiet -> {}
                    case JobStep.Ended ended -> {
                        if (!latest.isOver() && isOpen()) {
                            saw(service.job(latest.ticket().id()));
                        }
                        return;
                    }
                }
            }
        } finally {
            open = null;
        }
    }

    /** A job that is there no more was deleted with its document: for whoever follows it, it was given up. */
    private void saw(Optional<IngestionJob> found) {
        IngestionJob now = found.orElseGet(() -> new IngestionJob.Cancelled(latest.ticket(), clock.instant()));
        tries = 0;
        if (!now.equals(latest)) {
            latest = now;
            jobs.changed(now);
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Ends a pull that waits; whoever closes has counted the latch down before. */
    void close() {
        JobStream stream = open;
        if (stream != null) {
            stream.close();
        }
    }
}
