package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.CharTokenizer;

/**
 * Makes index terms of a text: English words by their stem; names from code, such as {@code agent.target} or
 * {@code Last-Event-ID}, both whole and by their parts. Safe for use by many threads.
 */
final class Words {
    private static final int MAX_TERM_CHARS = 80;
    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

    /** Words that the stemmer takes for a past tense. */
    private static final StemmerOverrideFilter.StemmerOverrideMap OWN_STEMS =
            stems("embed", List.of("embed", "embeds", "embedded", "embedding"));

    private static final Analyzer ANALYZER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            CharTokenizer words = CharTokenizer.fromTokenCharPredicate(Words::isPartOfWord);
            TokenStream terms =
                    new FlattenGraphFilter(new WordDelimiterGraphFilter(new TrimFilter(words), PARTS, null));
            terms = new LowerCaseFilter(new EnglishPossessiveFilter(new ASCIIFoldingFilter(terms)));
            terms = new StemmerOverrideFilter(new LengthFilter(terms, 1, MAX_TERM_CHARS), OWN_STEMS);
            terms = new PorterStemFilter(terms);
            return new TokenStreamComponents(words, terms);
        }
    };

    private Words() {}

    private static StemmerOverrideFilter.StemmerOverrideMap stems(String stem, List<String> forms) {
        StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder();
        forms.forEach(form -> builder.add(form, stem));
        try {
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    static Analyzer analyzer() {
        return ANALYZER;
    }

    /** The text's terms, each once. */
    static Set<String> termsOf(String text) {
        Set<String> terms = new LinkedHashSet<>();
        try (TokenStream stream = ANALYZER.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return terms;
    }

    /** The text's words as they are written, in order. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && isPartOfWord(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                String word = TrimFilter.trim(text.substring(start, i));
                if (!word.isEmpty()) {
                    words.add(word);
                }
                start = -1;
            }
        }
        return words;
    }

    private static boolean isPartOfWord(int c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '/' || c == '\'' || c == '’';
    }
}
