package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.SocketFeed;
import io.javalin.config.RoutesConfig;

/** Documents that people bring, on all transports. */
public final class DocumentsFeature {
    /** Where bodies are taken that are not JSON, below each prefix. */
    public static final String UPLOAD_PATH = IngestRoutes.PATH;

    private final IngestRoutes ingestRoutes;
    private final JobRoutes jobRoutes;
    private final DocumentRoutes documentRoutes;
    private final DocumentFeed feed;

    public DocumentsFeature(HttpParts parts) {
        Documents documents = parts.ports().documents();
        this.ingestRoutes = new IngestRoutes(
                documents,
                parts.gate(),
                parts.requests(),
                new UploadAnswers(parts.json()),
                parts.problems(),
                parts.config().uploads());
        this.jobRoutes = new JobRoutes(parts);
        this.documentRoutes = new DocumentRoutes(parts);
        this.feed = new DocumentFeed(documents, parts.json(), parts.problems());
    }

    public void register(RoutesConfig routes, String prefix) {
        ingestRoutes.register(routes, prefix);
        // Before those of documents, whose ids match anything.
        jobRoutes.register(routes, prefix);
        documentRoutes.register(routes, prefix);
    }

    /** What WebSockets tell of documents. */
    public SocketFeed feed() {
        return feed;
    }
}
