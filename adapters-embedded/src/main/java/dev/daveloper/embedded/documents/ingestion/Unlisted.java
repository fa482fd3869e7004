package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Documents whose passages may be in the index while they are not listed: those on their way in, between the index and
 * the list, and those on their way out. A search does not show them.
 */
final class Unlisted {
    private final Set<DocumentId> beingMade = ConcurrentHashMap.newKeySet();
    private final Set<DocumentId> beingDeleted = ConcurrentHashMap.newKeySet();
    private final Set<DocumentId> doubtful = ConcurrentHashMap.newKeySet();

    /** A document on its way in, until it is listed or out of the index again. */
    Making making(DocumentId document) {
        beingMade.add(document);
        return () -> beingMade.remove(document);
    }

    void deleting(DocumentId document) {
        beingDeleted.add(document);
    }

    void deleted(DocumentId document) {
        beingDeleted.remove(document);
    }

    /** Those whose deletion has begun and not ended. */
    List<DocumentId> beingDeleted() {
        return List.copyOf(beingDeleted);
    }

    /** It is not known whether the document is listed, or whether its passages are out of the index again. */
    void doubt(DocumentId document) {
        doubtful.add(document);
    }

    void settled(DocumentId document) {
        doubtful.remove(document);
    }

    List<DocumentId> doubtful() {
        return List.copyOf(doubtful);
    }

    boolean isEmpty() {
        return beingMade.isEmpty() && beingDeleted.isEmpty() && doubtful.isEmpty();
    }

    boolean contains(DocumentId document) {
        return beingMade.contains(document) || beingDeleted.contains(document) || doubtful.contains(document);
    }

    /** A document on its way in. Closing it a second time does nothing. */
    interface Making extends AutoCloseable {
        @Override
        void close();
    }
}
