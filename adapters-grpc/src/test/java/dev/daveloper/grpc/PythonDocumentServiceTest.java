package dev.daveloper.grpc;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.testkit.DocumentServiceContract;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The example's document service in Python takes over and ingests as every other. */
@Tag("peer")
class PythonDocumentServiceTest extends DocumentServiceContract {
    @TempDir
    private static Path folder;

    private static PythonExample python;
    private static GrpcDocuments documents;

    @BeforeAll
    static void start() throws Exception {
        python = PythonExample.start("documents", "--data", folder.toString());
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
}
