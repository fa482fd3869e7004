package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** What the index is asked for a question: BM25 over the body and over the headings with the document's name. */
final class PassageQuery {
    /** The rarest terms of a question; more add nothing but work. */
    private static final int MAX_TERMS = 64;

    private static final float HEADING_BOOST = 1.6f;

    private record Asked(String term, int passages) {}

    private PassageQuery() {}

    /** Passages of these scopes and no other. */
    static Query within(List<Scope> scopes) {
        List<BytesRef> keys = scopes.stream()
                .map(scope -> new BytesRef(PassageFields.keyOf(scope)))
                .toList();
        return new TermInSetQuery(PassageFields.SCOPE, keys);
    }

    /** Passages with words of the question; empty when nothing in the index has any. */
    static Optional<Query> of(String question, Query within, IndexReader index) throws IOException {
        List<Asked> asked = new ArrayList<>();
        for (String term : WorldWords.termsOf(question)) {
            int passages = Math.max(
                    index.docFreq(new Term(PassageFields.BODY, term)),
                    index.docFreq(new Term(PassageFields.HEADING, term)));
            if (passages > 0) {
                asked.add(new Asked(term, passages));
            }
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        asked.sort(Comparator.comparingInt(Asked::passages));
        BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        for (Asked word : asked.subList(0, Math.min(MAX_TERMS, asked.size()))) {
            query.add(new TermQuery(new Term(PassageFields.BODY, word.term())), BooleanClause.Occur.SHOULD);
            Query heading = new TermQuery(new Term(PassageFields.HEADING, word.term()));
            query.add(new BoostQuery(heading, HEADING_BOOST), BooleanClause.Occur.SHOULD);
        }
        return Optional.of(query.add(within, BooleanClause.Occur.FILTER).build());
    }
}
