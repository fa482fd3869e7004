package dev.daveloper.embedded.documents;

import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes an index on a thread of its own, which nobody interrupts: an interrupt in the middle of a write closes the
 * file and with it the index. A change is committed and searchable, or nothing of it is left.
 */
final class IndexWriting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexWriting.class);

    /** Callers that may wait, each for its own change. */
    private static final int MAX_WAITING = 256;

    private static final double BUFFER_MB = 16;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Directory directory;
    private final SearcherManager searchers;
    private final ThreadPoolExecutor thread;
    private @Nullable IndexWriter open;

    /** What is to be done to the index. */
    interface Change {
        void on(IndexWriter writer) throws IOException;
    }

    IndexWriting(Directory directory, SearcherManager searchers) {
        this.directory = directory;
        this.searchers = searchers;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("document-index").factory());
    }

    /** Makes the change and returns when it is searchable. An interrupt of the caller does not shorten the wait. */
    void make(Change change) {
        make(change, () -> {}, () -> {});
    }

    /**
     * Makes the change and returns when it is searchable, or throws what ended it.
     *
     * @param meanwhile run now and then by the caller while it waits
     * @param giveUp run when the caller was interrupted or {@code meanwhile} threw; the wait then goes on until the
     *     change has ended, one way or the other
     */
    void make(Change change, Runnable meanwhile, Runnable giveUp) {
        Future<?> made = submitted(change);
        boolean interrupted = false;
        RuntimeException refused = null;
        try {
            while (true) {
                try {
                    made.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    refused = refused == null ? refusalOf(meanwhile) : refused;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (interrupted || refused != null) {
                    giveUp.run();
                }
            }
        } catch (ExecutionException e) {
            RuntimeException failure = failureOf(e);
            throw refused != null && failure instanceof CancellationException ? refused : failure;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable RuntimeException refusalOf(Runnable meanwhile) {
        try {
            meanwhile.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static RuntimeException failureOf(ExecutionException ended) {
        return ended.getCause() instanceof CancellationException givenUp ? givenUp : new DocumentsFailed(ended);
    }

    private Future<?> submitted(Change change) {
        try {
            return thread.submit(() -> {
                commit(change);
                return null;
            });
        } catch (RejectedExecutionException e) {
            throw new DocumentsUnavailable(e);
        }
    }

    private void commit(Change change) throws IOException {
        IndexWriter writer = open;
        if (writer == null) {
            writer = new IndexWriter(
                    directory, new IndexWriterConfig(WorldWords.analyzer()).setRAMBufferSizeMB(BUFFER_MB));
            open = writer;
        }
        try {
            change.on(writer);
            writer.commit();
            searchers.maybeRefreshBlocking();
        } catch (IOException | RuntimeException | Error e) {
            rollBack(writer);
            throw e;
        }
    }

    /** To the last commit; the next change opens the index again, so that a full disk is no lasting harm. */
    private void rollBack(IndexWriter writer) {
        open = null;
        try {
            writer.rollback();
        } catch (IOException | RuntimeException e) {
            LOG.warn("taking back a failed change of the index of documents failed as well", e);
        }
    }

    /** Ends the thread after the changes that wait. */
    @Override
    public void close() throws IOException {
        thread.close();
        if (open != null) {
            open.close();
        }
    }
}
