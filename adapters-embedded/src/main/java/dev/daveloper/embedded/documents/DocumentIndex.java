package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The passages of people's own documents, and whose they are. On disk or in memory; a change that returned survives the
 * end of the process where the index is on disk. Safe for use by many threads: a search sees all that was put, and
 * nothing that was removed, before it began.
 */
public final class DocumentIndex implements PassageSearch, AutoCloseable {
    /** How much of the work on a document is the embedding of its passages, where they are embedded. */
    private static final double EMBEDDING_PART = 0.95;

    private final Directory directory;
    private final SearcherManager searchers;
    private final IndexWriting writing;
    private final Optional<Embeddings> embeddings;

    DocumentIndex(Directory directory, Optional<Embeddings> embeddings) throws IOException {
        this.directory = directory;
        this.embeddings = embeddings;
        this.searchers = new SearcherManager(directory, null);
        this.writing = new IndexWriting(directory, searchers);
    }

    /** Opens an index that is searched by words alone, as {@link #open(Optional, Optional)} does. */
    public static DocumentIndex open(Optional<Path> directory) {
        return open(directory, Optional.empty());
    }

    /**
     * Opens the index in this directory, which is its alone. Files that are damaged, or of another form or another
     * embedding model, are replaced by an empty index, which {@link #documents} tells and the log says; whoever has
     * the documents puts them again.
     *
     * @param directory made when it is not there; empty for an index in memory
     * @param embeddings to search by meaning as well as by words; empty for words alone
     * @throws UncheckedIOException when the directory cannot be written to, or is open already
     */
    public static DocumentIndex open(Optional<Path> directory, Optional<Embeddings> embeddings) {
        try {
            return new DocumentIndex(IndexStore.open(directory, formWith(embeddings)), embeddings);
        } catch (IOException e) {
            throw new UncheckedIOException("the index of documents cannot be opened: " + e.getMessage(), e);
        }
    }

    private static String formWith(Optional<Embeddings> embeddings) {
        return "passages " + PassageFields.VERSION + ", words " + WorldWords.VERSION + ", vectors "
                + embeddings.map(Embeddings::form).orElse("none");
    }

    /**
     * Cuts a document into passages. Takes time and memory in proportion to the text.
     *
     * @param name what the document's owner calls it
     */
    public List<IndexedPassage> split(String name, ExtractedText text) {
        return Splitter.split(text);
    }

    /**
     * Puts a document in, in the place of what was there with this id; until then the earlier one is found. It is
     * searchable, and safe from the end of the process, when this returns. A document without passages is not in the
     * index.
     *
     * @param progress told from the calling thread how much is done, from 0 to 1, never decreasing
     * @throws InterruptedException when it was given up; the index is as it was
     * @throws DocumentsFailed when it cannot be written; the index is as it was
     */
    public void put(DocumentId id, Scope scope, String name, List<IndexedPassage> passages, DoubleConsumer progress)
            throws InterruptedException {
        List<float[]> vectors = embeddings.isEmpty()
                ? List.of()
                : embeddings.get().of(passages, part -> progress.accept(part * EMBEDDING_PART));
        double before = vectors.isEmpty() ? 0 : EMBEDDING_PART;
        PassageEntries entries = new PassageEntries(passages.size(), ordinal -> {
            Document entry = PassageFields.write(id, scope, name, passages.get(ordinal));
            if (!vectors.isEmpty()) {
                PassageFields.addVector(entry, vectors.get(ordinal));
            }
            return entry;
        });
        try {
            writing.make(
                    writer -> replace(writer, documentTerm(id), entries),
                    () -> progress.accept(before + (1 - before) * entries.progress()),
                    entries::giveUp);
        } catch (CancellationException e) {
            Thread.interrupted();
            throw new InterruptedException("the document was given up");
        }
        progress.accept(1);
    }

    private static void replace(IndexWriter writer, Term document, PassageEntries entries) throws IOException {
        if (entries.isEmpty()) {
            // Lucene loses count of its memory over an empty block.
            writer.deleteDocuments(document);
        } else {
            writer.updateDocuments(document, entries);
        }
    }

    /** Takes a document out. Does nothing when it is not there. */
    public void remove(DocumentId id) {
        writing.make(writer -> writer.deleteDocuments(documentTerm(id)));
    }

    /** Takes all documents of a scope out. */
    public void removeAll(Scope scope) {
        Term key = new Term(PassageFields.SCOPE, PassageFields.keyOf(scope));
        writing.make(writer -> writer.deleteDocuments(key));
    }

    /** The documents in it. */
    public Set<DocumentId> documents() {
        return reading(DocumentIndex::documentsIn);
    }

    /** How many passages there are; looked up, not counted. */
    public int passages() {
        return reading(searcher -> searcher.getIndexReader().numDocs());
    }

    /** {@inheritDoc} */
    @Override
    public List<FoundPassage> search(String question, List<Scope> scopes, int limit) {
        String asked = Cut.beginning(question, MAX_QUERY_CHARS);
        int most = Math.clamp(limit, 1, MAX_RESULTS);
        if (asked.isBlank()) {
            return reading(searcher -> Beginnings.of(searcher, scopes, most));
        }
        Optional<float[]> meaning = embeddings.flatMap(model -> model.of(asked));
        return reading(searcher -> new Ranking(searcher, scopes).best(asked, meaning, most));
    }

    private interface Reading<T> {
        T by(IndexSearcher searcher) throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.by(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (AlreadyClosedException e) {
            throw new DocumentsUnavailable(e);
        } catch (IOException e) {
            throw new DocumentsFailed(e);
        }
    }

    private static Set<DocumentId> documentsIn(IndexSearcher searcher) throws IOException {
        Set<DocumentId> found = new HashSet<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms terms = leaf.reader().terms(PassageFields.DOCUMENT);
            if (terms == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            TermsEnum ids = terms.iterator();
            for (BytesRef id = ids.next(); id != null; id = ids.next()) {
                if (hasLive(ids.postings(null, PostingsEnum.NONE), live)) {
                    found.add(new DocumentId(id.utf8ToString()));
                }
            }
        }
        return found;
    }

    private static boolean hasLive(PostingsEnum passages, @Nullable Bits live) throws IOException {
        for (int i = passages.nextDoc(); i != DocIdSetIterator.NO_MORE_DOCS; i = passages.nextDoc()) {
            if (live == null || live.get(i)) {
                return true;
            }
        }
        return false;
    }

    private static Term documentTerm(DocumentId id) {
        return new Term(PassageFields.DOCUMENT, id.value());
    }

    /** Waits for the changes that are under way. Idempotent. */
    @Override
    public void close() {
        try {
            writing.close();
            searchers.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the index of documents did not close", e);
        }
    }
}
