package dev.daveloper.embedded.documents;

import dev.daveloper.domain.failures.DocumentsFailed;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.spi.model.embedding.EmbeddingModelFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.DoubleConsumer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.util.VectorUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What passages and questions mean, as vectors that lie close together when the meanings do. As safe for many threads
 * as the model is; those of LangChain4j are.
 */
public final class Embeddings {
    private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);
    private static final int MAX_DIMENSION = KnnVectorsFormat.DEFAULT_MAX_DIMENSIONS;

    /** Passages per call of the model, after each of which an interrupt is heard. */
    private static final int BATCH = 16;

    /** Stands for a text that the model sees nothing in. */
    private static final float[] NONE = {};

    private final EmbeddingModel model;
    private final int dimension;

    private Embeddings(EmbeddingModel model) {
        this.model = model;
        this.dimension = model.dimension();
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("the embedding model's vectors have " + dimension
                    + " dimensions; an index takes 1 to " + MAX_DIMENSION);
        }
    }

    /**
     * Those of this model.
     *
     * @throws IllegalArgumentException when its vectors are too long to be indexed
     */
    public static Embeddings of(EmbeddingModel model) {
        return new Embeddings(model);
    }

    /**
     * Those of the embedding model that somebody has put on the class path, as LangChain4j's artifacts register one;
     * empty when there is none, and when it does not start, which the log says.
     */
    public static Optional<Embeddings> onClassPath() {
        return from(ServiceLoader.load(EmbeddingModelFactory.class));
    }

    static Optional<Embeddings> from(Iterable<EmbeddingModelFactory> factories) {
        try {
            for (EmbeddingModelFactory factory : factories) {
                return Optional.of(of(factory.create()));
            }
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            LOG.warn("the embedding model on the class path does not start; documents are searched by words alone", e);
        }
        return Optional.empty();
    }

    /** What tells the vectors of one model from those of another, which cannot be compared with them. */
    String form() {
        return model.getClass().getName() + " " + model.modelName() + " " + dimension;
    }

    /**
     * The vectors of passages, in their order; those without a meaning to the model are empty arrays.
     *
     * @param progress told how much is done, from 0 to 1
     * @throws DocumentsFailed when the model fails
     */
    List<float[]> of(List<IndexedPassage> passages, DoubleConsumer progress) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>(passages.size());
        for (int from = 0; from < passages.size(); from += BATCH) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the document was given up");
            }
            List<IndexedPassage> batch = passages.subList(from, Math.min(from + BATCH, passages.size()));
            List<TextSegment> texts = batch.stream()
                    .map(passage -> TextSegment.from(withHeadings(passage)))
                    .toList();
            vectors.addAll(embedded(texts));
            progress.accept((double) vectors.size() / passages.size());
        }
        return vectors;
    }

    /** The vector of a question; empty when the model sees nothing in it, or fails, which the log says. */
    Optional<float[]> of(String question) {
        if (question.isBlank()) {
            return Optional.empty();
        }
        try {
            float[] vector = normalized(model.embed(question).content());
            return vector.length == 0 ? Optional.empty() : Optional.of(vector);
        } catch (RuntimeException e) {
            LOG.warn("the embedding model failed over a question, which is searched for by words alone", e);
            return Optional.empty();
        }
    }

    private List<float[]> embedded(List<TextSegment> texts) {
        try {
            return model.embedAll(texts).content().stream()
                    .map(this::normalized)
                    .toList();
        } catch (RuntimeException e) {
            throw new DocumentsFailed(e);
        }
    }

    private static String withHeadings(IndexedPassage passage) {
        return String.join(" / ", passage.headings()) + "\n" + passage.context() + "\n" + passage.text();
    }

    private float[] normalized(Embedding embedding) {
        float[] vector = embedding.vector().clone();
        if (vector.length != dimension) {
            throw new IllegalStateException(
                    "the embedding model gave a vector of " + vector.length + " instead of " + dimension);
        }
        float length = VectorUtil.dotProduct(vector, vector);
        return Float.isFinite(length) && length > 0 ? VectorUtil.l2normalize(vector) : NONE;
    }
}
