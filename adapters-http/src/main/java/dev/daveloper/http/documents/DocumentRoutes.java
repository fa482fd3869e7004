package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents that were ingested: to look at, to forget. */
final class DocumentRoutes {
    private final Documents documents;
    private final Callers callers;
    private final Requests requests;
    private final Bodies bodies;

    DocumentRoutes(Documents documents, Callers callers, Requests requests, Bodies bodies) {
        this.documents = documents;
        this.callers = callers;
        this.requests = requests;
        this.bodies = bodies;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/documents", this::list, Input.READ);
        routes.get(prefix + "/documents/{id}", this::find);
        routes.delete(prefix + "/documents/{id}", this::delete);
    }

    private void list(Context ctx) {
        Scope viewer = callers.scope(ctx.req());
        ListQuery query = requests.query(ctx, ListQuery.class);
        PageRequest page = query.toPage();
        bodies.write(
                ctx,
                200,
                query.filterFor(viewer)
                        .map(filter -> PageView.of(documents.list(viewer, filter, page)))
                        .orElse(PageView.EMPTY));
    }

    private void find(Context ctx) {
        Scope viewer = callers.scope(ctx.req());
        bodies.write(ctx, 200, DocumentView.of(documents.find(viewer, documentOf(ctx))));
    }

    private void delete(Context ctx) {
        Scope owner = callers.scope(ctx.req());
        documents.delete(owner, documentOf(ctx));
        ctx.status(204);
    }

    /** An id that cannot be one names nothing, as one that is unknown. */
    private static DocumentId documentOf(Context ctx) {
        try {
            return new DocumentId(ctx.pathParam("id"));
        } catch (InvalidValue e) {
            throw new NotFound("document");
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record PageView(
            List<DocumentView> items, @Nullable String nextCursor) {
        static final PageView EMPTY = new PageView(List.of(), null);

        static PageView of(Page<Document> page) {
            return new PageView(
                    page.items().stream().map(DocumentView::of).toList(),
                    page.nextCursor().orElse(null));
        }
    }
}
