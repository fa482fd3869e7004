package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Finds passages of documents by what they speak of: BM25 over words, with a floor below which it would rather find
 * nothing. All in memory. Safe for use by many threads; a search sees every change that was made before it began.
 */
public final class PassageIndex implements AutoCloseable {
    public static final int MAX_MATCHES = 20;
    private static final int CANDIDATES = 30;
    private static final String GUIDES = "guides/";
    private static final String DOCUMENT = "document";
    private static final String PASSAGE = "passage";
    private static final String BODY = "body";
    private static final String HEADING = "heading";
    private static final Map<String, Float> FIELDS = Map.of(BODY, 1.0f, HEADING, 1.6f);
    private static final float SYNONYM_BOOST = 0.5f;
    private static final float PART_BOOST = 0.4f;

    /** What a passage has to cover of a question to be an answer to it. */
    private static final float FLOOR = 0.5f;

    /** What a passage has to score compared with the best one to be worth reading as well. */
    private static final float NEAR_BEST = 0.6f;

    private static final float OPENING_BONUS = 0.8f;
    private static final float HEADING_BONUS = 0.5f;

    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final Map<String, SourceDocument> documents = new ConcurrentHashMap<>();
    private final Map<String, Passage> passages = new ConcurrentHashMap<>();
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private PassageIndex() throws IOException {
        writer = new IndexWriter(directory, new IndexWriterConfig(Words.analyzer()));
        searchers = new SearcherManager(writer, null);
    }

    /** An index of these documents; close it when it is no longer searched. */
    public static PassageIndex of(Collection<SourceDocument> documents) {
        try {
            PassageIndex index = new PassageIndex();
            for (SourceDocument document : documents) {
                index.add(document);
            }
            index.searchers.maybeRefreshBlocking();
            return index;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Adds a document, in the place of an earlier one with the same id. */
    public synchronized void put(SourceDocument document) {
        try {
            drop(document.id());
            add(document);
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Takes a document out. Does nothing when it is not there. */
    public synchronized void remove(String documentId) {
        try {
            drop(documentId);
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The documents in it, in no particular order. */
    public List<SourceDocument> documents() {
        return List.copyOf(documents.values());
    }

    public Optional<SourceDocument> document(String documentId) {
        return Optional.ofNullable(documents.get(documentId));
    }

    /** Questions that have a section of their own, one of each document, guides first. */
    public List<String> questions(int limit) {
        Map<String, String> first = new TreeMap<>(
                Comparator.comparing((String id) -> !id.startsWith(GUIDES)).thenComparing(Comparator.naturalOrder()));
        passages.values().stream()
                .filter(passage -> !passage.headings().isEmpty())
                .filter(passage -> passage.headings().getLast().endsWith("?"))
                .sorted(Comparator.comparingInt(Passage::ordinal))
                .forEach(passage -> first.putIfAbsent(
                        passage.documentId(), passage.headings().getLast()));
        return first.values().stream().limit(limit).toList();
    }

    /**
     * The passages that answer a question, best first; empty when nothing does.
     *
     * @param limit 1 to {@value #MAX_MATCHES}
     */
    public List<Match> search(String question, int limit) {
        return search(Question.of(question), limit);
    }

    /** As {@link #search(String, int)}, for a question that can only be understood after an earlier one. */
    public List<Match> search(String question, String earlier, int limit) {
        return search(Question.of(question).after(Question.of(earlier)), limit);
    }

    /** How many words of a question say what it is about. */
    public static int keywords(String question) {
        return Question.of(question).concepts().size();
    }

    /**
     * How much texts cover of a question, where words are as rare as they are in this index and elsewhere together.
     *
     * @param words makes a text's terms, as the question's were made
     */
    Relevance relevance(Question question, Relevance.Frequencies elsewhere, Function<String, Set<String>> words) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return Relevance.of(question, elsewhere.and(frequencies(searcher.getIndexReader())), words);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private List<Match> search(Question question, int limit) {
        if (question.isEmpty()) {
            return List.of();
        }
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return best(searcher, question, Math.clamp(limit, 1, MAX_MATCHES));
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private List<Match> best(IndexSearcher searcher, Question question, int limit) throws IOException {
        Relevance relevance = Relevance.of(question, frequencies(searcher.getIndexReader()), Words::termsOf);
        List<Match> matches = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query(question), CANDIDATES).scoreDocs) {
            Passage passage =
                    passages.get(searcher.storedFields().document(hit.doc).get(PASSAGE));
            if (passage == null) {
                continue;
            }
            float coverage = relevance.coverageOf(passage.termsBy(Words::termsOf));
            if (coverage >= FLOOR) {
                float score = hit.score * coverage * placeBonus(relevance, passage) * weightOf(passage);
                matches.add(new Match(passage, score, coverage, ExcerptSelection.of(relevance, passage)));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::score).reversed());
        float floor = matches.isEmpty() ? 0 : matches.getFirst().score() * NEAR_BEST;
        return matches.stream()
                .filter(match -> match.score() >= floor)
                .limit(limit)
                .toList();
    }

    /**
     * A section whose heading is the question was written to answer it, and a document whose title is the question
     * begins with what its reader has to know first.
     */
    private static float placeBonus(Relevance relevance, Passage passage) {
        float heading = relevance.coverageOf(Words.termsOf(String.join(" ", passage.headings())));
        float title = relevance.coverageOf(Words.termsOf(passage.documentTitle()));
        return 1 + HEADING_BONUS * heading + OPENING_BONUS * title / (1 + passage.ordinal());
    }

    private float weightOf(Passage passage) {
        SourceDocument document = documents.get(passage.documentId());
        return document == null ? 0 : document.weight();
    }

    private static Relevance.Frequencies frequencies(IndexReader reader) {
        return new Relevance.Frequencies() {
            @Override
            public int passages() {
                return reader.numDocs();
            }

            @Override
            public int with(String term) {
                try {
                    return Math.max(reader.docFreq(new Term(BODY, term)), reader.docFreq(new Term(HEADING, term)));
                } catch (IOException e) {
                    throw broken(e);
                }
            }
        };
    }

    private static Query query(Question question) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (Question.Concept concept : question.concepts()) {
            addTerm(query, concept.whole(), concept.weight());
            concept.synonyms().forEach(term -> addTerm(query, term, concept.weight() * SYNONYM_BOOST));
            concept.parts().forEach(term -> addTerm(query, term, concept.weight() * PART_BOOST));
        }
        return query.build();
    }

    private static void addTerm(BooleanQuery.Builder query, String term, float boost) {
        FIELDS.forEach((field, weight) -> query.add(
                new BoostQuery(new TermQuery(new Term(field, term)), weight * boost), BooleanClause.Occur.SHOULD));
    }

    private void add(SourceDocument document) throws IOException {
        documents.put(document.id(), document);
        List<Passage> found = Passages.of(document);
        for (int i = 0; i < found.size(); i++) {
            String key = document.id() + "\n" + i;
            passages.put(key, found.get(i));
            writer.addDocument(entry(key, found.get(i)));
        }
    }

    private static Document entry(String key, Passage passage) {
        Document entry = new Document();
        entry.add(new StringField(DOCUMENT, passage.documentId(), Field.Store.NO));
        entry.add(new StoredField(PASSAGE, key));
        entry.add(new TextField(HEADING, passage.headingText(), Field.Store.NO));
        passage.units().forEach(unit -> entry.add(new TextField(BODY, unit.searchText(), Field.Store.NO)));
        return entry;
    }

    private void drop(String documentId) throws IOException {
        writer.deleteDocuments(new Term(DOCUMENT, documentId));
        documents.remove(documentId);
        passages.keySet().removeIf(key -> key.startsWith(documentId + "\n"));
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static UncheckedIOException broken(IOException cause) {
        return new UncheckedIOException("the index in memory is broken", cause);
    }
}
