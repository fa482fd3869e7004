package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * A question as its words, rarest first: what the index is asked, by BM25 over the body and over the headings with the
 * document's name, and how much of the question a passage covers.
 */
final class PassageQuery {
    /** The rarest words of a question; more add nothing but work, and a query takes no more than 1,024 terms. */
    private static final int MAX_WORDS = 64;

    private static final float HEADING_BOOST = 1.6f;

    /**
     * @param terms that it is found by: as it is written, its stem, its parts
     * @param passages of the index that have it; 0 when none does
     */
    private record Word(Set<String> terms, int passages, double rarity) {}

    private final List<Word> words;

    private PassageQuery(List<Word> words) {
        this.words = words;
    }

    static PassageQuery of(String question, IndexReader index) throws IOException {
        List<Word> words = new ArrayList<>();
        for (Set<String> terms : WorldWords.wordsOf(question)) {
            int passages = 0;
            for (String term : terms) {
                passages = Math.max(passages, index.docFreq(new Term(PassageFields.BODY, term)));
                passages = Math.max(passages, index.docFreq(new Term(PassageFields.HEADING, term)));
            }
            // Of few passages most words of a question are in none; they say no more than one that is in a single one.
            words.add(new Word(terms, passages, rarityOf(Math.max(1, passages), index.maxDoc())));
        }
        words.sort(Comparator.comparingInt(Word::passages));
        return new PassageQuery(words);
    }

    /** Whether no passage has any word of it. */
    boolean isFutile() {
        return words.stream().allMatch(word -> word.passages == 0);
    }

    /** Passages of these scopes and no other. */
    static Query within(List<Scope> scopes) {
        List<BytesRef> keys = scopes.stream()
                .map(scope -> new BytesRef(PassageFields.keyOf(scope)))
                .toList();
        return new TermInSetQuery(PassageFields.SCOPE, keys);
    }

    /** Passages within that have at least one of the words, by how well they fit. */
    Query query(Query within) {
        BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        words.stream().filter(word -> word.passages > 0).limit(MAX_WORDS).forEach(word -> {
            for (String term : word.terms) {
                Query heading = new TermQuery(new Term(PassageFields.HEADING, term));
                query.add(new TermQuery(new Term(PassageFields.BODY, term)), BooleanClause.Occur.SHOULD);
                query.add(new BoostQuery(heading, HEADING_BOOST), BooleanClause.Occur.SHOULD);
            }
        });
        return query.add(within, BooleanClause.Occur.FILTER).build();
    }

    /** How much of the question a passage has, from 0 to 1, where a rare word counts more than a common one. */
    double coverageIn(FoundPassage passage) {
        Set<String> terms = WorldWords.termsOf(
                passage.text() + "\n" + passage.documentName() + "\n" + String.join("\n", passage.headings()));
        double covered = 0;
        double all = 0;
        for (Word word : words) {
            all += word.rarity;
            covered += word.terms.stream().anyMatch(terms::contains) ? word.rarity : 0;
        }
        return all == 0 ? 0 : covered / all;
    }

    private static double rarityOf(int with, int of) {
        return Math.log(1 + (of - with + 0.5) / (with + 0.5));
    }
}
