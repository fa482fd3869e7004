package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Makes the same letters the same term, however they were typed: composed or not, wide or narrow, accented or not. */
final class FoldFilter extends TokenFilter {
    /** Accents of alphabets; the marks of other scripts make another letter and stay. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]+");

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    FoldFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (term.chars().anyMatch(c -> c >= 0x80)) {
            String apart = Normalizer.normalize(term, Normalizer.Form.NFKD);
            String bare = ACCENTS.matcher(apart).replaceAll("");
            term.setEmpty().append(Normalizer.normalize(bare, Normalizer.Form.NFKC));
        }
        return true;
    }
}
