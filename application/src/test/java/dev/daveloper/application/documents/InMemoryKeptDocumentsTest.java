package dev.daveloper.application.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.KeptDocumentsContract;
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
