package dev.daveloper.application.documents.out;

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
import dev.daveloper.domain.failures.Forbidden;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** For a gateway without documents: takes none, has none, finds nothing. */
public enum NoDocuments implements DocumentService, PassageSearch {
    NONE;

    @Override
    public Accepted ingest(NewDocument document, InputStream content) {
        throw new Forbidden("This gateway takes no documents.");
    }

    @Override
    public Optional<IngestionJob> job(JobId job) {
        return Optional.empty();
    }

    @Override
    public JobStream watch(JobId job) {
        return new JobStream() {
            @Override
            public JobStep next(Duration patience) {
                return JobStep.Ended.ENDED;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void cancel(JobId job) {}

    @Override
    public List<IngestionJob> jobs(Scope scope, int max) {
        return List.of();
    }

    @Override
    public List<IngestionJob> unfinished(int max) {
        return List.of();
    }

    @Override
    public Page<Document> list(DocumentQuery query, PageRequest page) {
        return new Page<>(List.of(), Optional.empty());
    }

    @Override
    public Optional<Document> find(DocumentId document) {
        return Optional.empty();
    }

    @Override
    public boolean delete(DocumentId document) {
        return false;
    }

    @Override
    public void deleteAll(Scope scope) {}

    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        return List.of();
    }
}
