package dev.daveloper.application.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.testkit.HeldIngestionContract;
import dev.daveloper.application.testkit.InMemoryDocuments;
import java.time.InstantSource;

class InMemoryHeldIngestionTest extends HeldIngestionContract {
    private final InMemoryDocuments documents = new InMemoryDocuments(InstantSource.system());

    @Override
    protected DocumentService service() {
        return documents;
    }

    @Override
    protected void hold() {
        documents.hold();
    }

    @Override
    protected void release() {
        documents.release();
    }
}
