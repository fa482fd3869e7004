package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.embedded.documents.DocumentIndex;
import dev.daveloper.embedded.documents.ExtractedText;
import dev.daveloper.embedded.documents.IndexedPassage;
import dev.daveloper.embedded.documents.extraction.Extractor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that ingest: each takes a job, reads its file, cuts the text, puts the passages into the index, and only
 * then lists the document. Splitting is work for the processor, so they are platform threads, named for their job.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** Before a job is taken again that the database could not be asked for. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Failure BROKE_DOWN =
            new Failure(FailureCode.DOCUMENTS_FAILED, "The document service failed over this document.");

    private final WaitingJobs waiting;
    private final JobBoard board;
    private final JobTable table;
    private final DocumentFiles files;
    private final Extractor extractor;
    private final DocumentIndex index;
    private final Unlisted unlisted;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    Workers(
            WaitingJobs waiting,
            JobBoard board,
            JobTable table,
            Storage storage,
            Extractor extractor,
            Unlisted unlisted) {
        this.waiting = waiting;
        this.board = board;
        this.table = table;
        this.files = storage.files();
        this.extractor = extractor;
        this.index = storage.index();
        this.unlisted = unlisted;
    }

    void start(int count) {
        for (int i = 1; i <= count; i++) {
            threads.add(Thread.ofPlatform().daemon().name("ingestion-" + i).start(this::work));
        }
    }

    /** Takes no more jobs and gives up those under way; they stay to be resumed. */
    void giveUp() {
        closing.countDown();
        waiting.close();
        board.giveUpAll();
    }

    /** Whether all threads have ended before this moment of {@link System#nanoTime}. */
    boolean haveEnded(long deadlineNanos) throws InterruptedException {
        boolean ended = true;
        for (Thread thread : threads) {
            ended &= thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
        }
        return ended;
    }

    private void work() {
        Thread thread = Thread.currentThread();
        String idle = thread.getName();
        for (Optional<Ticket> next = waiting.take(); next.isPresent(); next = waiting.take()) {
            thread.setName("ingest " + next.get().id());
            try {
                take(next.get());
            } catch (Throwable e) {
                // Whatever it was, the keeper finds the job and queues it again.
                LOG.warn("the ingestion of {} broke off", next.get().id(), e);
            } finally {
                thread.setName(idle);
            }
        }
    }

    private void take(Ticket job) {
        Ingestion ingestion = board.begin(job);
        try {
            claimed(job).ifPresent(row -> ingest(ingestion, row));
        } finally {
            ingestion.end();
            board.end(ingestion);
        }
    }

    private Optional<JobRow> claimed(Ticket job) {
        try {
            return closing.getCount() == 0 ? Optional.empty() : table.claim(job.id());
        } catch (GatewayException e) {
            LOG.warn("{} cannot be begun, the database does not answer", job.id());
            pause();
            waiting.add(job);
            return Optional.empty();
        }
    }

    private void ingest(Ingestion ingestion, JobRow row) {
        try {
            makeFindable(ingestion, row.file());
        } catch (Throwable e) {
            ingestion.end();
            if (ingestion.isGivenUp()) {
                // By its owner, who has said so in the database, or by the end of the program, which resumes it.
                return;
            }
            if (e instanceof DocumentRefused refusal) {
                fail(row, refusal.toFailure());
            } else {
                LOG.error("{} could not be ingested", ingestion.ticket().id(), e);
                fail(row, BROKE_DOWN);
            }
        }
    }

    private void makeFindable(Ingestion ingestion, String file) throws InterruptedException {
        Ticket job = ingestion.ticket();
        ingestion.begin();
        ExtractedText text = extractor.extract(files.path(file), job.kind(), ingestion::reading);
        ingestion.splitting();
        List<IndexedPassage> passages = index.split(job.name(), text);
        if (passages.isEmpty()) {
            throw new DocumentRefused(FailureCode.DOCUMENT_EMPTY, "The document has no text.");
        }
        ingestion.indexing(0);
        try (Unlisted.Making making = unlisted.making(job.documentId())) {
            index.put(job.documentId(), job.scope(), job.name(), passages, ingestion::indexing);
            if (!isListed(ingestion, text.pages(), passages.size(), making)) {
                takeOut(job);
            }
        }
    }

    private boolean isListed(Ingestion ingestion, OptionalInt pages, int passages, Unlisted.Making making) {
        ingestion.end();
        if (ingestion.isGivenUp()) {
            return false;
        }
        Ticket job = ingestion.ticket();
        try {
            return table.complete(job.id(), pages, passages, making::close);
        } catch (GatewayException e) {
            // The outcome is not known: the keeper asks again, and until then nobody finds it.
            unlisted.doubt(job.documentId());
            throw e;
        }
    }

    private void takeOut(Ticket job) {
        try {
            index.remove(job.documentId());
        } catch (GatewayException e) {
            unlisted.doubt(job.documentId());
            throw e;
        }
    }

    private void fail(JobRow row, Failure failure) {
        if (table.fail(row.job().ticket().id(), failure)) {
            files.remove(row.file());
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
