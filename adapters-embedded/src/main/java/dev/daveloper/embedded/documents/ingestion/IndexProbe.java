package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.embedded.documents.DocumentIndex;

/** Opens the index of documents for a search, as a search does. */
final class IndexProbe implements HealthProbe {
    private final DocumentIndex index;

    IndexProbe(DocumentIndex index) {
        this.index = index;
    }

    @Override
    public String component() {
        return "index";
    }

    /** Answers are made without it. */
    @Override
    public boolean vital() {
        return false;
    }

    @Override
    public Finding check() {
        try {
            index.passages();
            return Finding.PASS;
        } catch (GatewayException e) {
            return Finding.failing(ErrorClass.UNAVAILABLE, "The index of documents cannot be searched.");
        }
    }
}
