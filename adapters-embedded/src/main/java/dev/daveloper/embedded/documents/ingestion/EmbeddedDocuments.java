package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.embedded.CommitListener;
import dev.daveloper.embedded.SqliteProbe;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.embedded.documents.extraction.Extractor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the documents in one process. What was accepted in a directory is there again when it is opened the next
 * time, and what was not ingested by then is taken up again; {@link dev.daveloper.embedded.Durability} says after which
 * accidents.
 */
public final class EmbeddedDocuments implements DocumentService, PassageSearch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDocuments.class);

    /** How long closing waits for the workers when the extractor, too, was ended. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

    private final EmbeddedDocumentsConfig config;
    private final Storage storage;
    private final Extractor extractor;
    private final Admission admission;
    private final JobTable table;
    private final DocumentList list;
    private final JobBoard board;
    private final WaitingJobs waiting = new WaitingJobs();
    private final Unlisted unlisted = new Unlisted();
    private final Removal removal;
    private final Workers workers;
    private final Keeper keeper;
    private final HealthProbe probe;
    private final HealthProbe indexProbe;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDocuments(EmbeddedDocumentsConfig config, Storage storage, Extractor extractor) {
        this.config = config;
        this.storage = storage;
        this.extractor = extractor;
        Database database = new Database(storage.sqlite());
        this.admission = new Admission(database, config);
        this.table = new JobTable(database, config);
        this.list = new DocumentList(database);
        this.board = new JobBoard(table, config.clock());
        this.removal = new Removal(waiting, board, storage.files(), storage.index(), unlisted);
        this.workers = new Workers(waiting, board, table, storage, extractor, unlisted);
        this.keeper = new Keeper(table, board, waiting, unlisted, removal);
        this.probe = new DocumentsProbe(
                new SqliteProbe(storage.sqlite(), config.clock(), "documents", false), admission, config.maxWaiting());
        this.indexProbe = new IndexProbe(storage.index());
    }

    /**
     * Takes the directory, brings its database up to date, brings what was left behind in order, and starts
     * the workers.
     *
     * @param extractor reads the files; closed with the documents, or at once when they do not open
     * @throws UnusableDataDirectory when another process has the directory, it cannot be written to, or the database in
     *     it is damaged or from a later version; the message says which
     */
    public static EmbeddedDocuments open(EmbeddedDocumentsConfig config, Extractor extractor) {
        try {
            return open(config, Storage.open(config), extractor);
        } catch (RuntimeException e) {
            extractor.close();
            throw e;
        }
    }

    /** @param storage closed when this does not open, and with the documents */
    static EmbeddedDocuments open(EmbeddedDocumentsConfig config, Storage storage, Extractor extractor) {
        try {
            EmbeddedDocuments documents = new EmbeddedDocuments(config, storage, extractor);
            documents.start();
            return documents;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private void start() {
        try {
            new Reconciliation(new Database(storage.sqlite()), storage, unlisted, config.clock()).run();
        } catch (IOException e) {
            throw new UncheckedIOException("the files of documents cannot be listed", e);
        }
        table.unfinished(Integer.MAX_VALUE).forEach(job -> waiting.add(job.ticket()));
        workers.start(config.workers());
        keeper.start();
    }

    @Override
    public Accepted ingest(NewDocument document, InputStream content) throws IOException, InterruptedException {
        if (closed.get()) {
            throw new DocumentsUnavailable();
        }
        Incoming incoming = storage.files().receive(content, document.maxBytes());
        boolean kept = false;
        try {
            Accepted accepted = admission.admit(document, incoming, waiting::add);
            kept = !accepted.duplicate();
            return kept ? accepted : new Accepted(board.asItStands(accepted.job()), true);
        } catch (GatewayException e) {
            if (e.code() == FailureCode.DOCUMENTS_UNAVAILABLE) {
                keeper.disown(incoming.file());
            }
            throw e;
        } finally {
            if (!kept) {
                storage.files().remove(incoming.file());
            }
        }
    }

    @Override
    public Optional<IngestionJob> job(JobId job) {
        return board.find(job);
    }

    @Override
    public JobStream watch(JobId job) {
        return board.watch(job);
    }

    @Override
    public void cancel(JobId job) {
        table.cancel(job).ifPresent(removal::giveUp);
    }

    @Override
    public List<IngestionJob> jobs(Scope scope, int max) {
        return board.asTheyStand(table.of(scope, max));
    }

    @Override
    public List<IngestionJob> unfinished(int max) {
        return board.asTheyStand(table.unfinished(max));
    }

    @Override
    public Page<Document> list(DocumentQuery query, PageRequest page) {
        return list.page(query, page);
    }

    @Override
    public Optional<Document> find(DocumentId document) {
        return list.find(document);
    }

    @Override
    public boolean delete(DocumentId document) {
        Optional<JobRow> deleted = table.delete(document);
        deleted.ifPresent(removal::remove);
        return deleted.isPresent();
    }

    @Override
    public void deleteAll(Scope scope) {
        // What is accepted while its predecessors are taken out must not be put in before they are.
        WaitingJobs.Hold hold = waiting.hold(scope);
        try {
            removal.removeAll(scope, table.deleteAll(scope));
        } finally {
            hold.close();
        }
    }

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        if (closed.get()) {
            throw new DocumentsUnavailable();
        }
        return storage.index().search(question, scopes, unlisted.isEmpty() ? limit : MAX_RESULTS).stream()
                .filter(passage -> !unlisted.contains(passage.documentId()))
                .limit(limit)
                .toList();
    }

    /** Asks, as {@code documents} and not vital, whether the database can be written to and the workers keep up. */
    public HealthProbe probe() {
        return probe;
    }

    /** How they are doing. */
    public DocumentsStats stats() {
        return new DocumentsStats(
                waiting.size(),
                board.live(),
                config.maxWaiting(),
                storage.sqlite().stats());
    }

    /** Tells this one, and no other, of every commit of their database from now on. */
    public void hear(CommitListener listener) {
        storage.sqlite().hear(listener);
    }

    /** Asks, as {@code index}, whether documents can be searched. */
    public HealthProbe indexProbe() {
        return indexProbe;
    }

    /**
     * Refuses new work with {@link DocumentsUnavailable}, gives up what is being ingested, which is resumed at the next
     * start, ends all threads within the configured bound and closes the extractor. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            keeper.close();
            workers.giveUp();
            interrupted |= endThreads();
            putBackWhatWasBegun();
        } finally {
            storage.close();
            board.ringAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @return whether the caller was interrupted, which does not shorten the closing of what is left */
    private boolean endThreads() {
        long deadline = System.nanoTime() + config.closeWithin().toNanos();
        try {
            boolean ended = workers.haveEnded(deadline);
            extractor.close();
            ended = ended || workers.haveEnded(System.nanoTime() + LAST_PATIENCE.toNanos());
            if (!ended || !keeper.hasEnded(LAST_PATIENCE)) {
                LOG.warn("a thread of the documents did not end; its job is resumed at the next start");
            }
            return false;
        } catch (InterruptedException e) {
            extractor.close();
            return true;
        }
    }

    private void putBackWhatWasBegun() {
        try {
            table.putBackAll();
        } catch (GatewayException e) {
            LOG.warn("the jobs under way are not put back now; the next start does it", e);
        }
    }
}
