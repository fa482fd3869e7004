package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.ContentHash;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.documents.Stage;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Keeps documents in memory and ingests plain text: a paragraph is a passage, found by any of its words. While it is
 * held, no job gets further than its first stage.
 */
public final class InMemoryDocuments implements DocumentService, PassageSearch {
    private final InstantSource clock;
    private final Map<JobId, Entry> entries = new LinkedHashMap<>();
    private boolean held;
    private boolean away;

    public InMemoryDocuments(InstantSource clock) {
        this.clock = clock;
    }

    private record Entry(IngestionJob job, ContentHash hash, String text) {
        Scope scope() {
            return job.ticket().scope();
        }

        boolean counts() {
            return !(job instanceof IngestionJob.Failed) && !(job instanceof IngestionJob.Cancelled);
        }

        Optional<Document> document() {
            return job instanceof IngestionJob.Completed completed
                    ? Optional.of(completed.document())
                    : Optional.empty();
        }
    }

    /** From now on no job gets further than its first stage. */
    public synchronized void hold() {
        held = true;
    }

    public synchronized void release() {
        held = false;
        notifyAll();
    }

    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    @Override
    public Accepted ingest(NewDocument document, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(Math.toIntExact(document.maxBytes() + 1));
        if (bytes.length > document.maxBytes()) {
            throw DocumentRefused.tooLarge(document.maxBytes());
        }
        if (bytes.length == 0) {
            throw DocumentRefused.empty();
        }
        return accept(document, bytes);
    }

    private synchronized Accepted accept(NewDocument document, byte[] bytes) {
        ContentHash hash = Paragraphs.hashOf(bytes);
        Optional<Entry> same = entries.values().stream()
                .filter(entry -> entry.counts()
                        && entry.scope().equals(document.scope())
                        && entry.hash().equals(hash))
                .findFirst();
        if (same.isPresent()) {
            return new Accepted(same.get().job(), true);
        }
        document.quota().admit(used(Optional.of(document.scope())), used(Optional.empty()), bytes.length);
        IngestionJob.Ticket ticket = new IngestionJob.Ticket(
                document.jobId(),
                document.documentId(),
                document.scope(),
                document.name(),
                document.kind(),
                bytes.length,
                clock.instant());
        IngestionJob queued = new IngestionJob.Queued(ticket, clock.instant());
        entries.put(ticket.id(), new Entry(queued, hash, new String(bytes, StandardCharsets.UTF_8)));
        Thread.ofVirtual().name("ingest " + ticket.id()).start(() -> ingest(ticket));
        return new Accepted(queued, false);
    }

    private Quota.Used used(Optional<Scope> scope) {
        List<Entry> counted = entries.values().stream()
                .filter(entry ->
                        entry.counts() && (scope.isEmpty() || scope.get().equals(entry.scope())))
                .toList();
        return new Quota.Used(
                counted.size(),
                counted.stream()
                        .mapToLong(entry -> entry.job().ticket().bytes())
                        .sum());
    }

    private synchronized void ingest(IngestionJob.Ticket ticket) {
        try {
            set(ticket, new IngestionJob.Processing(ticket, Stage.READING, 0.1, clock.instant()));
            while (held && isUnderWay(ticket)) {
                wait();
            }
            set(ticket, outcome(ticket));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IngestionJob outcome(IngestionJob.Ticket ticket) {
        Entry entry = entries.get(ticket.id());
        String text = entry == null ? "" : entry.text().strip();
        if (text.isEmpty()) {
            return failed(ticket, FailureCode.DOCUMENT_EMPTY, "The document has no text.");
        }
        if (ticket.kind() == MediaKind.JSON && !text.endsWith("}") && !text.endsWith("]")) {
            return failed(ticket, FailureCode.DOCUMENT_UNREADABLE, "The document is damaged.");
        }
        Document document = new Document(
                ticket.documentId(),
                ticket.id(),
                ticket.scope(),
                ticket.name(),
                ticket.kind(),
                ticket.bytes(),
                entry == null ? Paragraphs.hashOf(new byte[0]) : entry.hash(),
                OptionalInt.empty(),
                Paragraphs.of(text).size(),
                clock.instant());
        return new IngestionJob.Completed(ticket, document, clock.instant());
    }

    private IngestionJob failed(IngestionJob.Ticket ticket, FailureCode code, String detail) {
        return new IngestionJob.Failed(ticket, new Failure(code, detail), clock.instant());
    }

    private boolean isUnderWay(IngestionJob.Ticket ticket) {
        Entry entry = entries.get(ticket.id());
        return entry != null && !entry.job().isOver();
    }

    private void set(IngestionJob.Ticket ticket, IngestionJob job) {
        if (isUnderWay(ticket)) {
            entries.computeIfPresent(ticket.id(), (id, entry) -> new Entry(job, entry.hash(), entry.text()));
            notifyAll();
        }
    }

    @Override
    public synchronized Optional<IngestionJob> job(JobId job) {
        return Optional.ofNullable(entries.get(job)).map(Entry::job);
    }

    @Override
    public JobStream watch(JobId job) {
        return new PolledJob(job, this::job);
    }

    @Override
    public synchronized void cancel(JobId job) {
        Entry entry = entries.get(job);
        if (entry != null) {
            set(entry.job().ticket(), new IngestionJob.Cancelled(entry.job().ticket(), clock.instant()));
        }
    }

    @Override
    public synchronized List<IngestionJob> jobs(Scope scope, int max) {
        return newestFirst()
                .map(Entry::job)
                .filter(job -> job.ticket().scope().equals(scope))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<IngestionJob> unfinished(int max) {
        return entries.values().stream()
                .map(Entry::job)
                .filter(job -> !job.isOver())
                .limit(max)
                .toList();
    }

    private Stream<Entry> newestFirst() {
        return new ArrayList<>(entries.values()).reversed().stream();
    }

    @Override
    public synchronized Page<Document> list(DocumentQuery query, PageRequest page) {
        requireThere();
        String wanted = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
        List<Document> all = newestFirst()
                .flatMap(entry -> entry.document().stream())
                .filter(document -> query.scopes().contains(document.scope()))
                .filter(document -> document.name().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(document -> query.kind().isEmpty() || query.kind().get() == document.kind())
                .toList();
        int from = page.cursor().map(cursor -> behind(all, cursor)).orElse(0);
        List<Document> items = all.subList(from, Math.min(all.size(), from + page.limit()));
        boolean more = from + page.limit() < all.size();
        return new Page<>(items, more ? Optional.of(items.getLast().id().value()) : Optional.empty());
    }

    private static int behind(List<Document> all, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().value().equals(cursor)) {
                return i + 1;
            }
        }
        throw new InvalidRequest("#/cursor", "The cursor is none of this list's.");
    }

    @Override
    public synchronized Optional<Document> find(DocumentId document) {
        return entries.values().stream()
                .flatMap(entry -> entry.document().stream())
                .filter(found -> found.id().equals(document))
                .findFirst();
    }

    @Override
    public synchronized boolean delete(DocumentId document) {
        boolean deleted = entries.values()
                .removeIf(entry ->
                        entry.counts() && entry.job().ticket().documentId().equals(document));
        notifyAll();
        return deleted;
    }

    @Override
    public synchronized void deleteAll(Scope scope) {
        requireThere();
        entries.values().removeIf(entry -> entry.scope().equals(scope));
        notifyAll();
    }

    @Override
    public synchronized List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        List<FoundPassage> found = new ArrayList<>();
        newestFirst()
                .forEach(entry -> entry.document()
                        .filter(document -> scopes.contains(document.scope()))
                        .ifPresent(document -> found.addAll(Paragraphs.matching(document, entry.text(), question))));
        found.sort(Comparator.comparingDouble(FoundPassage::score).reversed());
        return found.stream().limit(limit).toList();
    }

    private void requireThere() {
        if (away) {
            throw new DocumentsUnavailable();
        }
    }
}
