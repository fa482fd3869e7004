package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.Stage;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One job in a worker's hands. The worker tells how far it is; anybody may look, and may give the job up, which
 * interrupts the worker while it is at this job and at no other time.
 */
final class Ingestion {
    private static final double READ_AT = 0.6;
    private static final double SPLIT_AT = 0.7;

    /** Progress that nobody could see is not told. */
    private static final double SMALLEST_STEP = 0.01;

    private final Ticket ticket;
    private final InstantSource clock;
    private final Runnable changed;
    private volatile IngestionJob.Processing state;
    private @Nullable Thread worker;
    private boolean givenUp;

    /** @param changed called from the worker's thread when there is news; cheap */
    Ingestion(Ticket ticket, InstantSource clock, Runnable changed) {
        this.ticket = ticket;
        this.clock = clock;
        this.changed = changed;
        this.state = new IngestionJob.Processing(ticket, Stage.READING, 0, clock.instant());
    }

    Ticket ticket() {
        return ticket;
    }

    IngestionJob state() {
        return state;
    }

    /** From now on giving the job up interrupts this thread. */
    synchronized void begin() throws InterruptedException {
        if (givenUp) {
            throw new InterruptedException(ticket.id() + " was given up");
        }
        worker = Thread.currentThread();
    }

    /** Interrupts this thread no more; called by the worker. */
    synchronized void end() {
        worker = null;
        Thread.interrupted();
    }

    synchronized void giveUp() {
        givenUp = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** @param done of the reading, from 0 to 1 */
    void reading(double done) {
        reach(Stage.READING, share(0, READ_AT, done));
    }

    void splitting() {
        reach(Stage.SPLITTING, READ_AT);
    }

    /** @param done of the indexing, from 0 to 1 */
    void indexing(double done) {
        reach(Stage.INDEXING, share(SPLIT_AT, 1, done));
    }

    private synchronized void reach(Stage stage, double progress) {
        IngestionJob.Processing before = state;
        boolean news = stage != before.stage() || progress >= before.progress() + SMALLEST_STEP;
        if (news && stage.compareTo(before.stage()) >= 0) {
            state = new IngestionJob.Processing(ticket, stage, Math.max(progress, before.progress()), clock.instant());
            changed.run();
        }
    }

    private static double share(double from, double to, double done) {
        return from + (to - from) * (Double.isNaN(done) ? 0 : Math.clamp(done, 0, 1));
    }
}
