package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.DocumentService;
import java.time.InstantSource;

class InMemoryDocumentServiceTest extends DocumentServiceContract {
    private final InMemoryDocuments documents = new InMemoryDocuments(InstantSource.system());

    @Override
    protected DocumentService service() {
        return documents;
    }
}
