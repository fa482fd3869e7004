package dev.daveloper.application.documents.out;

import dev.daveloper.domain.documents.JobStep;
import java.time.Duration;

/**
 * One job, as it changes. One thread pulls, any thread may close.
 *
 * <p>The first step is how the job stands. Later ones come when it has changed; what changed in between two pulls is
 * told by the last of it. End: the final state is given, then {@link JobStep.Ended} at every later call; a job that is
 * unknown, or was deleted, gives {@link JobStep.Ended} alone.
 */
public interface JobStream extends AutoCloseable {
    /**
     * The next step, waiting for it no longer than this.
     *
     * @throws dev.daveloper.domain.failures.DocumentsUnavailable when the service was lost; final
     * @throws dev.daveloper.domain.failures.DocumentsFailed when the service broke down; final
     */
    JobStep next(Duration patience) throws InterruptedException;

    /** Stops following; the job goes on. Idempotent; a pull that waits returns {@link JobStep.Ended} soon. */
    @Override
    void close();
}
