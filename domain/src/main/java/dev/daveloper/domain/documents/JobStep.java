package dev.daveloper.domain.documents;

/** What one pull of a job's follower gives: how the job stands now, the end, or nothing new yet. */
public sealed interface JobStep {
    /** The job has changed; states and progress in between may have been skipped, the final one never is. */
    record Changed(IngestionJob job) implements JobStep {}

    /** Nothing changed within the caller's patience; something will. */
    enum Quiet implements JobStep {
        QUIET
    }

    /** The final state was given before, or there is no such job any more. */
    enum Ended implements JobStep {
        ENDED
    }
}
