package dev.daveloper.http.graphql;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.documents.DocumentView;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;

/** What many fields of one answer ask for is asked for once, together. Made anew for each request. */
final class Loaders {
    static final String DOCUMENTS = "documents";
    static final String DELIVERIES = "deliveries";

    /** What one call may ask for. */
    private static final int MAX_BATCH = 200;

    private final Documents documents;
    private final Optional<Webhooks> webhooks;

    Loaders(HttpPorts ports) {
        this.documents = ports.documents();
        this.webhooks = ports.webhooks();
    }

    /** The loader of this name of the request that a field belongs to. */
    static <T> DataLoader<String, T> of(DataFetchingEnvironment environment, String name) {
        DataLoader<String, T> loader = environment.getDataLoader(name);
        return Objects.requireNonNull(loader, "every request has its loaders");
    }

    DataLoaderRegistry ofRequest() {
        DataLoaderOptions options =
                DataLoaderOptions.newOptions().setMaxBatchSize(MAX_BATCH).build();
        return DataLoaderRegistry.newRegistry()
                .register(DOCUMENTS, DataLoaderFactory.newMappedDataLoader(this::documentsOf, options))
                .register(DELIVERIES, DataLoaderFactory.newMappedDataLoader(this::deliveriesOf, options))
                .build();
    }

    /** Those that are not there, or not for the asker to see, are absent. */
    private CompletionStage<Map<String, DocumentView>> documentsOf(Set<String> ids, BatchLoaderEnvironment batch) {
        DataFetchingEnvironment first =
                (DataFetchingEnvironment) batch.getKeyContextsList().getFirst();
        Session session = Given.asker(first).requireSession();
        Map<String, DocumentView> found = new HashMap<>();
        for (Document document : documents.findAll(Scope.of(session.id()), wellFormed(ids))) {
            found.put(document.id().value(), DocumentView.of(document));
        }
        return CompletableFuture.completedFuture(found);
    }

    /** Read one by one, each once. */
    private CompletionStage<Map<String, DeliveryQueue.Known>> deliveriesOf(Set<String> ids) {
        Webhooks known = webhooks.orElseThrow(() -> new NotFound("delivery"));
        Map<String, DeliveryQueue.Known> found = new HashMap<>();
        ids.forEach(id -> found.put(id, known.delivery(new DeliveryId(id))));
        return CompletableFuture.completedFuture(found);
    }

    /** An agent may cite by names of its own. */
    private static Set<DocumentId> wellFormed(Set<String> ids) {
        Set<DocumentId> documents = new HashSet<>();
        for (String id : ids) {
            try {
                documents.add(new DocumentId(id));
            } catch (InvalidValue e) {
                // None of ours.
            }
        }
        return documents;
    }
}
