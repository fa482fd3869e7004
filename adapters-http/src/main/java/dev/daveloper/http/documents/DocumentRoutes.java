package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.cache.KeptAnswers;
import dev.daveloper.http.cache.KeptAnswers.Audience;
import dev.daveloper.http.cache.KeptAnswers.Kept;
import dev.daveloper.http.cache.ResponsePolicies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documents that were ingested: to look at, to forget. */
final class DocumentRoutes {
    private final Documents documents;
    private final Callers callers;
    private final Requests requests;
    private final KeptAnswers kept;
    private final ResponsePolicies policies;

    DocumentRoutes(HttpParts parts) {
        this.documents = parts.ports().documents();
        this.callers = parts.callers();
        this.requests = parts.requests();
        this.kept = parts.kept();
        this.policies = parts.config().kept();
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/documents", this::list, Input.READ);
        routes.get(prefix + "/documents/{id}", this::find);
        routes.delete(prefix + "/documents/{id}", this::delete);
    }

    private void list(Context ctx) throws InterruptedException {
        Scope viewer = callers.scope(ctx.req());
        ListQuery query = requests.query(ctx, ListQuery.class);
        PageRequest page = query.toPage();
        kept.answer(
                ctx,
                kept("documents", viewer, query.toString(), policies.documents()),
                () -> query.filterFor(viewer)
                        .map(filter -> PageView.of(documents.list(viewer, filter, page)))
                        .orElse(PageView.EMPTY));
    }

    private void find(Context ctx) throws InterruptedException {
        Scope viewer = callers.scope(ctx.req());
        DocumentId document = documentOf(ctx);
        kept.answer(
                ctx,
                kept("document", viewer, document.value(), policies.document()),
                () -> DocumentView.of(documents.find(viewer, document)));
    }

    /** What a viewer may read is made of what is its own and of what is shared. A name that is too long is not kept. */
    private static Kept kept(String namespace, Scope viewer, String name, Freshness freshness) {
        Optional<SessionId> owner =
                viewer instanceof Scope.OfSession own ? Optional.of(own.session()) : Optional.empty();
        Set<Tag> tags = new HashSet<>();
        viewer.readable().forEach(scope -> tags.add(Tag.documentsOf(scope)));
        owner.ifPresent(session -> tags.add(Tag.of(session)));
        boolean fits = name.length() <= CacheKey.MAX_NAME_CHARS;
        CacheKey key = new CacheKey(namespace, owner, fits ? name : "long");
        return new Kept(key, tags, fits ? freshness : Freshness.NONE, Audience.CALLER);
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
