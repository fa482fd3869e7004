package dev.daveloper.bootstrap;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.bootstrap.config.DocumentsChoice;
import dev.daveloper.bootstrap.metrics.Foundations;
import dev.daveloper.embedded.UnusableDataDirectory;
import dev.daveloper.embedded.documents.extraction.ProcessExtractor;
import dev.daveloper.embedded.documents.ingestion.EmbeddedDocuments;
import dev.daveloper.grpc.GrpcDocumentServices;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whoever keeps documents, opened.
 *
 * @param probes none when nobody does
 * @param name for the operator
 * @param measuring lets be measured what is done here, or asked of a service
 */
record ChosenDocuments(
        DocumentService service,
        PassageSearch search,
        List<HealthProbe> probes,
        String name,
        Consumer<Foundations> measuring,
        Runnable closing)
        implements AutoCloseable {
    static ChosenDocuments open(DocumentsChoice choice, Tracer tracer) throws CannotStart {
        return switch (choice) {
            case DocumentsChoice.None none ->
                new ChosenDocuments(
                        NoDocuments.NONE, NoDocuments.NONE, List.of(), "none are taken", measured -> {}, () -> {});
            case DocumentsChoice.Embedded embedded -> embedded(embedded);
            case DocumentsChoice.OverGrpc overGrpc -> overGrpc(overGrpc, tracer);
        };
    }

    private static ChosenDocuments embedded(DocumentsChoice.Embedded choice) throws CannotStart {
        try {
            EmbeddedDocuments documents =
                    EmbeddedDocuments.open(choice.config(), ProcessExtractor.open(choice.extraction()));
            return new ChosenDocuments(
                    documents,
                    documents,
                    List.of(documents.probe(), documents.indexProbe()),
                    "kept here",
                    measured -> {
                        measured.documents(documents);
                        choice.config().directory().ifPresent(path -> measured.volume("documents", path));
                    },
                    documents::close);
        } catch (UnusableDataDirectory e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static ChosenDocuments overGrpc(DocumentsChoice.OverGrpc choice, Tracer tracer) throws CannotStart {
        String target = choice.config().connection().target();
        try {
            GrpcDocuments documents = GrpcDocumentServices.connect(choice.config(), Map::of, tracer);
            return new ChosenDocuments(
                    documents,
                    documents,
                    List.of(documents),
                    target + ", over gRPC",
                    measured -> measured.service(documents::hear),
                    documents::close);
        } catch (IllegalArgumentException e) {
            throw new CannotStart("The document service " + target + " cannot be called: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
