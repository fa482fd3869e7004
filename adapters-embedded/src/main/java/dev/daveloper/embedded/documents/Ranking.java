package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * Finds the passages that fit a question best: by words, and by meaning where there are vectors. The two lists are
 * joined by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), which needs no common scale.
 */
final class Ranking {
    /** How slowly a place in a list loses worth; the paper's. */
    private static final int RANK_CONSTANT = 60;

    /** Places of each list that count. */
    private static final int CANDIDATES = 50;

    /** What a passage covers at least of the question's words; less is what all texts have in common. */
    private static final double LEAST_COVERAGE = 0.15;

    /** The cosine that texts which have nothing to do with each other stay below. */
    static final float LEAST_COSINE = 0.2f;

    private final IndexSearcher searcher;
    private final Query within;

    Ranking(IndexSearcher searcher, List<Scope> scopes) {
        this.searcher = searcher;
        this.within = PassageQuery.within(scopes);
    }

    /** @param meaning the question's vector; empty to rank by words alone */
    List<FoundPassage> best(String question, Optional<float[]> meaning, int limit) throws IOException {
        if (meaning.isEmpty()) {
            return read(byWords(question, limit));
        }
        int candidates = Math.max(CANDIDATES, limit);
        return read(fused(List.of(byWords(question, candidates), byMeaning(meaning.get(), candidates)), limit));
    }

    private ScoreDoc[] byWords(String question, int limit) throws IOException {
        PassageQuery words = PassageQuery.of(question, searcher.getIndexReader());
        if (words.isFutile()) {
            return new ScoreDoc[0];
        }
        StoredFields entries = searcher.storedFields();
        List<ScoreDoc> fitting = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(words.query(within), limit).scoreDocs) {
            if (words.coverageIn(PassageFields.read(entries.document(hit.doc), hit.score)) >= LEAST_COVERAGE) {
                fitting.add(hit);
            }
        }
        return fitting.toArray(ScoreDoc[]::new);
    }

    private ScoreDoc[] byMeaning(float[] vector, int limit) throws IOException {
        Query nearest = new KnnFloatVectorQuery(PassageFields.VECTOR, vector, limit, within);
        List<ScoreDoc> near = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(nearest, limit).scoreDocs) {
            if (cosineOf(hit) >= LEAST_COSINE) {
                near.add(hit);
            }
        }
        return near.toArray(ScoreDoc[]::new);
    }

    /** Lucene scores a dot product by a number that is never negative. */
    private static float cosineOf(ScoreDoc hit) {
        return 2 * hit.score - 1;
    }

    private static ScoreDoc[] fused(List<ScoreDoc[]> lists, int limit) {
        Map<Integer, ScoreDoc> sums = new HashMap<>();
        for (ScoreDoc[] list : lists) {
            for (int rank = 0; rank < list.length; rank++) {
                sums.computeIfAbsent(list[rank].doc, doc -> new ScoreDoc(doc, 0)).score +=
                        1f / (RANK_CONSTANT + 1 + rank);
            }
        }
        return sums.values().stream()
                .sorted((a, b) -> a.score == b.score ? Integer.compare(a.doc, b.doc) : Float.compare(b.score, a.score))
                .limit(limit)
                .toArray(ScoreDoc[]::new);
    }

    private List<FoundPassage> read(ScoreDoc[] hits) throws IOException {
        StoredFields entries = searcher.storedFields();
        List<FoundPassage> found = new ArrayList<>(hits.length);
        for (ScoreDoc hit : hits) {
            found.add(PassageFields.read(entries.document(hit.doc), hit.score));
        }
        return found;
    }
}
