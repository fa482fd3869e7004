package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Makes overlapping terms of three characters of what is written without spaces between words, and is not Chinese,
 * Japanese or Korean: Thai, Lao, Khmer, Burmese. The tokenizer gives such a stretch as one token.
 */
final class UnspacedFilter extends TokenFilter {
    private static final String UNSPACED = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.SOUTHEAST_ASIAN];
    private static final int GRAM_CHARS = 3;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    private final Deque<String> grams = new ArrayDeque<>();
    private int start;
    private int end;

    UnspacedFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (grams.isEmpty()) {
            if (!input.incrementToken()) {
                return false;
            }
            if (!type.type().equals(UNSPACED) || term.length() <= GRAM_CHARS) {
                return true;
            }
            for (int i = 0; i + GRAM_CHARS <= term.length(); i++) {
                grams.add(term.subSequence(i, i + GRAM_CHARS).toString());
            }
            start = offset.startOffset();
            end = offset.endOffset();
        }
        clearAttributes();
        term.append(grams.remove());
        type.setType(UNSPACED);
        offset.setOffset(start, end);
        position.setPositionIncrement(1);
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        grams.clear();
    }
}
