package dev.daveloper.application.documents.in;

import dev.daveloper.domain.documents.JobStep;
import java.time.Duration;

/**
 * A viewer's place at one job or at all jobs of a scope. It first gives how each of them stands, then every change; a
 * viewer that is slow misses progress in between, never a final state. One thread pulls at a time, any may close.
 */
public interface JobFollower extends AutoCloseable {
    /**
     * The next step, waiting for it no longer than this.
     *
     * @return {@link JobStep.Ended} when it follows one job, and that job's final state has been given
     * @throws dev.daveloper.domain.failures.DocumentsUnavailable when the job cannot be followed any more
     */
    JobStep next(Duration patience) throws InterruptedException;

    /**
     * Has this called whenever a pull that gave nothing may give something, on the thread that brings it, so it does no
     * more than wake somebody; at once when there is something already. For who would not have a thread wait.
     */
    void onNews(Runnable news);

    @Override
    void close();
}
