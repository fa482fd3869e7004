package dev.daveloper.application.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.testkit.DocumentServiceContract;
import dev.daveloper.application.testkit.InMemoryDocuments;
import java.time.InstantSource;

class InMemoryDocumentServiceTest extends DocumentServiceContract {
    private final InMemoryDocuments documents = new InMemoryDocuments(InstantSource.system());

    @Override
    protected DocumentService service() {
        return documents;
    }
}
