package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import java.time.InstantSource;

class InMemoryKeptDocumentsTest extends KeptDocumentsContract {
    private final InMemoryDocuments documents = new InMemoryDocuments(InstantSource.system());

    @Override
    protected DocumentService service() {
        return documents;
    }

    @Override
    protected PassageSearch search() {
        return documents;
    }
}
