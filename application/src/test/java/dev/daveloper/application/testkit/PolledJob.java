package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows a job by asking for it again and again. */
public final class PolledJob implements JobStream {
    private static final long ASK_EVERY_MILLIS = 5;

    private final JobId id;
    private final Function<JobId, Optional<IngestionJob>> ask;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable IngestionJob last;

    /** @param ask tells how the job stands, from the thread that pulls */
    public PolledJob(JobId id, Function<JobId, Optional<IngestionJob>> ask) {
        this.id = id;
        this.ask = ask;
    }

    @Override
    public JobStep next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<IngestionJob> now = ask.apply(id);
            if (closed.getCount() == 0 || now.isEmpty() || (last != null && last.isOver())) {
                return JobStep.Ended.ENDED;
            }
            if (!now.get().equals(last)) {
                last = now.get();
                return new JobStep.Changed(last);
            }
            if (System.nanoTime() - deadline >= 0) {
                return JobStep.Quiet.QUIET;
            }
            if (closed.await(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return JobStep.Ended.ENDED;
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
