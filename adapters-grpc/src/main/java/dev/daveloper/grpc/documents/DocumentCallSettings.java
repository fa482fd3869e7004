package dev.daveloper.grpc.documents;

import java.time.Duration;

/**
 * How long calls to a document service may take.
 *
 * @param callTimeout for everything that is not named here, for the first word of a watched job, and for the service
 *     to be there when a document is handed over
 * @param uploadTimeout for handing one document over, its sender's pace included
 * @param stallTimeout for the service to read on, or to answer, while a document is handed over
 * @param watchTimeout for one call that follows a job; after it, the job is followed by another
 */
public record DocumentCallSettings(
        Duration callTimeout, Duration uploadTimeout, Duration stallTimeout, Duration watchTimeout) {}
