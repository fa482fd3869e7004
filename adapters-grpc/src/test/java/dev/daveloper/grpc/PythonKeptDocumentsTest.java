package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.testkit.KeptDocumentsContract;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The example's document service in Python lists, finds and forgets as every other. */
@Tag("peer")
class PythonKeptDocumentsTest extends KeptDocumentsContract {
    @TempDir
    private static Path folder;

    private static PythonExample python;
    private static GrpcDocuments documents;

    @BeforeAll
    static void start() throws Exception {
        python = PythonExample.start("both", "--data", folder.toString());
        documents = GrpcDocumentServices.connect(GrpcDocumentsConfig.of(python.target()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        documents.close();
        python.stop();
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
