package dev.daveloper.embedded.documents;

import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.IntField;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;

/** Finds how documents begin, for whoever asks what is in them. */
final class Beginnings {
    /** Ids tell when they were made. */
    private static final Sort LATEST_FIRST = new Sort(
            new SortField(PassageFields.DOCUMENT, SortField.Type.STRING, true),
            IntField.newSortField(PassageFields.ORDINAL, false, SortedNumericSelector.Type.MIN));

    private Beginnings() {}

    /** The first passages of each document of these scopes, the latest document first. */
    static List<FoundPassage> of(IndexSearcher searcher, List<Scope> scopes, int limit) throws IOException {
        Query early = IntField.newRangeQuery(PassageFields.ORDINAL, 0, PassageSearch.OPENING_PASSAGES - 1);
        Query query = new BooleanQuery.Builder()
                .add(PassageQuery.within(scopes), BooleanClause.Occur.FILTER)
                .add(early, BooleanClause.Occur.FILTER)
                .build();
        List<FoundPassage> found = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, limit, LATEST_FIRST).scoreDocs) {
            found.add(PassageFields.read(searcher.storedFields().document(hit.doc), 1));
        }
        return found;
    }
}
