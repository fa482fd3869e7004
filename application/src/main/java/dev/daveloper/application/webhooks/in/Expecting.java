package dev.daveloper.application.webhooks.in;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;

/**
 * What becomes of documents, which others keep: what is to come is noted before anybody is answered for it, and told of
 * once it has come. Nothing here fails; a store that is away is told of, and nobody is refused anything for it. Safe
 * for use by many threads.
 */
public interface Expecting {
    /** Nobody wants to be told. */
    Expecting NOTHING = new Nothing();

    /** The job was accepted. Comes back when that is noted. */
    void accepted(IngestionJob.Ticket ticket);

    /** The job is over. */
    void ended(IngestionJob job);

    /** The document will be deleted. Comes back when that is noted. */
    void deleting(DocumentId document, Scope scope);

    /** It was. */
    void deleted(GatewayEvent.DocumentDeleted deleted);

    /** There was none to delete. */
    void missing(DocumentId document, Scope scope);

    /** See {@link #NOTHING}. */
    final class Nothing implements Expecting {
        private Nothing() {}

        @Override
        public void accepted(IngestionJob.Ticket ticket) {}

        @Override
        public void ended(IngestionJob job) {}

        @Override
        public void deleting(DocumentId document, Scope scope) {}

        @Override
        public void deleted(GatewayEvent.DocumentDeleted deleted) {}

        @Override
        public void missing(DocumentId document, Scope scope) {}
    }
}
