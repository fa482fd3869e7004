package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Documents in memory that take files over as a test wants, and tell what became of it. */
class WatchedDocuments implements DocumentService, PassageSearch {
    final InMemoryDocuments memory = new InMemoryDocuments(InstantSource.system());
    /** What the first ingestion failed by. */
    final CompletableFuture<Exception> broken = new CompletableFuture<>();
    /** Somebody follows a job no more. */
    final CountDownLatch unwatched = new CountDownLatch(1);

    private final Ingestion manner;

    /** How a file is taken over. */
    interface Ingestion {
        Accepted ingest(InMemoryDocuments memory, NewDocument document, InputStream content)
                throws IOException, InterruptedException;
    }

    WatchedDocuments(Ingestion manner) {
        this.manner = manner;
    }

    WatchedDocuments() {
        this(InMemoryDocuments::ingest);
    }

    @Override
    public Accepted ingest(NewDocument document, InputStream content) throws IOException, InterruptedException {
        try {
            return manner.ingest(memory, document, content);
        } catch (IOException | RuntimeException e) {
            broken.complete(e);
            throw e;
        }
    }

    @Override
    public JobStream watch(JobId job) {
        JobStream stream = memory.watch(job);
        return new JobStream() {
            @Override
            public JobStep next(Duration patience) throws InterruptedException {
                return stream.next(patience);
            }

            @Override
            public void close() {
                unwatched.countDown();
                stream.close();
            }
        };
    }

    @Override
    public Optional<IngestionJob> job(JobId job) {
        return memory.job(job);
    }

    @Override
    public void cancel(JobId job) {
        memory.cancel(job);
    }

    @Override
    public List<IngestionJob> jobs(Scope scope, int max) {
        return memory.jobs(scope, max);
    }

    @Override
    public List<IngestionJob> unfinished(int max) {
        return memory.unfinished(max);
    }

    @Override
    public Page<Document> list(DocumentQuery query, PageRequest page) {
        return memory.list(query, page);
    }

    @Override
    public Optional<Document> find(DocumentId document) {
        return memory.find(document);
    }

    @Override
    public boolean delete(DocumentId document) {
        return memory.delete(document);
    }

    @Override
    public void deleteAll(Scope scope) {
        memory.deleteAll(scope);
    }

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        return memory.search(question, scopes, limit);
    }
}
