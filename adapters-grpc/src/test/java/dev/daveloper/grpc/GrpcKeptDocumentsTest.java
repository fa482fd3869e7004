package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.KeptDocumentsContract;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of what is kept, with the network and both sides of the wire between. */
class GrpcKeptDocumentsTest extends KeptDocumentsContract {
    @RegisterExtension
    final Opened opened = new Opened();

    private GrpcDocuments documents;

    @BeforeEach
    void connect() {
        documents = opened.documentsAt(
                opened.serve(new InMemoryDocuments(InstantSource.system())).port());
    }

    @Override
    protected DocumentService service() {
        return documents;
    }

    @Override
    protected PassageSearch search() {
        return documents;
    }
}
