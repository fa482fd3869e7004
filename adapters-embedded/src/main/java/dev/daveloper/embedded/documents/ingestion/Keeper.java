package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.failures.GatewayException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does later what could not be done at once: every {@link #EVERY}, on a thread of its own, it forgets jobs that ended
 * long ago, ends deletions that broke off, and queues jobs again whose worker lost the database over them.
 */
final class Keeper implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final JobTable table;
    private final JobBoard board;
    private final WaitingJobs waiting;
    private final Unlisted unlisted;
    private final Removal removal;
    private final Set<String> disowned = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    Keeper(JobTable table, JobBoard board, WaitingJobs waiting, Unlisted unlisted, Removal removal) {
        this.table = table;
        this.board = board;
        this.waiting = waiting;
        this.unlisted = unlisted;
        this.removal = removal;
        this.thread = Thread.ofVirtual().name("documents-keeper").unstarted(this::keep);
    }

    void start() {
        thread.start();
    }

    /** A document that was refused, though the database may add it yet. */
    void disown(String file) {
        disowned.add(file);
    }

    /** One round. What goes wrong is tried again in the next. */
    void lookAround() {
        attempt(table::forgetEnded);
        disowned.forEach(file -> attempt(() -> {
            table.disown(file).ifPresent(removal::remove);
            disowned.remove(file);
        }));
        unlisted.beingDeleted().forEach(document -> attempt(() -> removal.removePassages(document)));
        unlisted.doubtful().forEach(document -> attempt(() -> settle(document)));
        attempt(this::takeUpLostJobs);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    boolean hasEnded(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private void keep() {
        try {
            do {
                lookAround();
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before its job is queued again: a worker that put it in anew must not find it removed. */
    private void settle(DocumentId document) {
        if (!table.isListed(document)) {
            removal.takeOut(document);
        }
        unlisted.settled(document);
    }

    private void takeUpLostJobs() {
        for (Ticket job : table.processing()) {
            if (!board.isLive(job.id()) && table.putBack(job.id())) {
                waiting.add(job);
                board.ring(job.id());
            }
        }
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (GatewayException e) {
            if (closed.getCount() > 0) {
                LOG.warn("the keeper of documents tries again in {} s", EVERY.toSeconds(), e);
            }
        }
    }
}
