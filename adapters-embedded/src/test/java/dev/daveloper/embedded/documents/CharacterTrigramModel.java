package dev.daveloper.embedded.documents;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Locale;

/**
 * Embeds a text by the groups of three characters in it, hashed: texts of similar spelling lie close together. Always
 * gives the same vector for the same text.
 */
final class CharacterTrigramModel implements EmbeddingModel {
    private static final int GRAM = 3;

    private final int dimension;

    CharacterTrigramModel(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
        return Response.from(texts.stream().map(text -> vectorOf(text.text())).toList());
    }

    private Embedding vectorOf(String text) {
        float[] vector = new float[dimension];
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ");
        for (int i = 0; i + GRAM <= letters.length(); i++) {
            vector[Math.floorMod(letters.substring(i, i + GRAM).hashCode(), dimension)]++;
        }
        return Embedding.from(vector);
    }

    @Override
    public int dimension() {
        return dimension;
    }
}
