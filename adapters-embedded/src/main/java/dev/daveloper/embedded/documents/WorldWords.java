package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Makes index terms of a text in any language: words by Unicode's rules, folded, as they are and by their English stem,
 * which does no harm to other languages beside the word itself; what is written without spaces by its characters and
 * overlapping pairs of them, or by triples; names from code whole and by their parts. Safe for use by many threads.
 */
final class WorldWords {
    /** Counts up whenever the same text would give other terms, for what is indexed by the old ones is not found. */
    static final int VERSION = 1;

    private static final int CJK =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

    private static final Analyzer ANALYZER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            StandardTokenizer words = new StandardTokenizer();
            TokenStream terms = new UnspacedFilter(new CJKBigramFilter(new CJKWidthFilter(words), CJK, true));
            terms = new FlattenGraphFilter(new WordDelimiterGraphFilter(terms, PARTS, null));
            terms = new LowerCaseFilter(new FoldFilter(new EnglishPossessiveFilter(terms)));
            terms = new KeywordRepeatFilter(new ASCIIFoldingFilter(terms));
            return new TokenStreamComponents(words, new RemoveDuplicatesTokenFilter(new PorterStemFilter(terms)));
        }
    };

    private WorldWords() {}

    static Analyzer analyzer() {
        return ANALYZER;
    }

    /** The text's terms, each once, in its order. */
    static Set<String> termsOf(String text) {
        Set<String> terms = new LinkedHashSet<>();
        wordsOf(text).forEach(terms::addAll);
        return terms;
    }

    /** The text's words in its order, each by all the terms that it is found by; no word twice. */
    static Set<Set<String>> wordsOf(String text) {
        Set<Set<String>> words = new LinkedHashSet<>();
        Set<String> word = new LinkedHashSet<>();
        try (TokenStream stream = ANALYZER.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute position = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                if (position.getPositionIncrement() > 0 && !word.isEmpty()) {
                    words.add(word);
                    word = new LinkedHashSet<>();
                }
                word.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        if (!word.isEmpty()) {
            words.add(word);
        }
        return words;
    }
}
