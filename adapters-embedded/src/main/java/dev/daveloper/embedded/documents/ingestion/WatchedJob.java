package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.stored.Doorbells;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows one job on the board. Holds what it gave last, and nothing of what it has not given. */
final class WatchedJob implements JobStream {
    private final JobId job;
    private final JobBoard board;
    private final Doorbells<JobId> bells;
    private volatile boolean closed;
    private @Nullable IngestionJob given;
    private @Nullable GatewayException lost;

    WatchedJob(JobId job, JobBoard board, Doorbells<JobId> bells) {
        this.job = job;
        this.board = board;
        this.bells = bells;
    }

    @Override
    public JobStep next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            // Listens before it looks, so that no change falls in between.
            try (Doorbells<JobId>.Listening listening = bells.listen(job)) {
                Optional<JobStep> news = news();
                if (news.isPresent()) {
                    return news.get();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return JobStep.Quiet.QUIET;
                }
                listening.await(Duration.ofNanos(left));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        bells.ring(job);
    }

    private Optional<JobStep> news() {
        if (closed || (given != null && given.isOver())) {
            return Optional.of(JobStep.Ended.ENDED);
        }
        Optional<IngestionJob> now = now();
        if (now.isEmpty()) {
            return Optional.of(JobStep.Ended.ENDED);
        }
        if (now.get().equals(given)) {
            return Optional.empty();
        }
        given = now.get();
        return Optional.of(new JobStep.Changed(given));
    }

    private Optional<IngestionJob> now() {
        if (lost != null) {
            throw lost;
        }
        try {
            return board.find(job);
        } catch (GatewayException e) {
            lost = e;
            throw e;
        }
    }
}
