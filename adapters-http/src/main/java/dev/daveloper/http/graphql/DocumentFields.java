package dev.daveloper.http.graphql;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.Documents.Filter;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.chat.MessageView.CitationView;
import dev.daveloper.http.documents.DocumentView;
import dev.daveloper.http.documents.JobView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Documents and their ingestion. */
final class DocumentFields implements Fields {
    private final Documents documents;
    private final Refusals refusals;

    DocumentFields(HttpPorts ports, Refusals refusals) {
        this.documents = ports.documents();
        this.refusals = refusals;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Query",
                type -> type.dataFetcher("documents", this::list)
                        .dataFetcher("document", this::document)
                        .dataFetcher("jobs", this::jobs)
                        .dataFetcher("job", this::job));
        wiring.type(
                "Job",
                type -> type.dataFetcher(
                        "id",
                        environment -> Given.source(environment, JobView.class).jobId()));
        wiring.type("Citation", type -> type.dataFetcher("document", DocumentFields::cited));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("cancelJob", refusals.given(this::cancel))
                        .dataFetcher("deleteDocument", refusals.given(this::delete)));
    }

    private Map<String, Object> list(DataFetchingEnvironment environment) {
        Scope viewer = Given.asker(environment).scope();
        Optional<String> wanted = Optional.ofNullable(environment.getArgument("scope"));
        boolean own = wanted.filter("session"::equals).isPresent();
        if (own && viewer.equals(Scope.SHARED)) {
            return Connections.empty();
        }
        Filter filter = new Filter(
                wanted.map(any -> own ? viewer : Scope.SHARED),
                Optional.<String>ofNullable(environment.getArgument("nameContains"))
                        .filter(name -> !name.isEmpty()),
                Optional.<String>ofNullable(environment.getArgument("kind")).map(DocumentFields::kindOf));
        return Connections.of(documents.list(viewer, filter, Connections.pageOf(environment)), DocumentView::of);
    }

    private static MediaKind kindOf(String name) {
        return MediaKind.ofWireName(name)
                .orElseThrow(() -> new InvalidRequest("#/kind", "There is no kind of document that is called so."));
    }

    private DocumentView document(DataFetchingEnvironment environment) {
        return DocumentView.of(
                documents.find(Given.asker(environment).scope(), Given.id(environment, "document", DocumentId::new)));
    }

    /** All that one answer cites are asked for in one call. */
    private static CompletableFuture<DocumentView> cited(DataFetchingEnvironment environment) {
        CitationView citation = environment.getSource();
        if (citation == null || citation.documentId() == null) {
            return CompletableFuture.completedFuture(null);
        }
        return Loaders.<DocumentView>of(environment, Loaders.DOCUMENTS).load(citation.documentId(), environment);
    }

    private List<JobView> jobs(DataFetchingEnvironment environment) {
        return documents.jobs(Given.asker(environment).scope()).stream()
                .map(JobView::of)
                .toList();
    }

    private JobView job(DataFetchingEnvironment environment) {
        return JobView.of(documents.job(Given.asker(environment).scope(), argument(environment)));
    }

    private JobView cancel(DataFetchingEnvironment environment) {
        documents.cancel(Given.asker(environment).scope(), argument(environment));
        return job(environment);
    }

    private Object delete(DataFetchingEnvironment environment) {
        documents.delete(Given.asker(environment).scope(), Given.id(environment, "document", DocumentId::new));
        return Done.DONE;
    }

    private static JobId argument(DataFetchingEnvironment environment) {
        return Given.id(environment, "job", JobId::new);
    }
}
