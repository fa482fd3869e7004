package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents.Filter;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidRequest.Violation;
import dev.daveloper.http.requests.Paging;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a request's query asks for.
 *
 * @param filter empty when it asks for a session's documents on behalf of an administrator, who has no session
 */
record ListQuery(Optional<Filter> filter, PageRequest page) {
    private static final String KINDS =
            Stream.of(MediaKind.values()).map(MediaKind::wireName).collect(Collectors.joining(", "));

    /** @throws InvalidRequest naming everything that is wrong with the query */
    static ListQuery of(Context ctx, Scope viewer) {
        List<Violation> violations = new ArrayList<>();
        PageRequest page = pageOf(ctx, violations);
        String scope = given(ctx, "scope");
        String name = given(ctx, "name");
        String kind = given(ctx, "kind");
        Optional<MediaKind> wanted = kind == null ? Optional.empty() : MediaKind.ofWireName(kind);
        if (kind != null && wanted.isEmpty()) {
            violations.add(new Violation("#/kind", "kind must be one of " + KINDS + "."));
        }
        if (name != null && name.length() > DocumentQuery.MAX_NAME_CHARS) {
            violations.add(
                    new Violation("#/name", "name may have at most " + DocumentQuery.MAX_NAME_CHARS + " characters."));
        }
        boolean own = DocumentView.SESSION.equals(scope);
        if (scope != null && !own && !scope.equals(DocumentView.SHARED)) {
            violations.add(new Violation("#/scope", "scope must be session or shared."));
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        if (own && viewer.equals(Scope.SHARED)) {
            return new ListQuery(Optional.empty(), page);
        }
        Optional<Scope> only = scope == null ? Optional.empty() : Optional.of(own ? viewer : Scope.SHARED);
        return new ListQuery(Optional.of(new Filter(only, Optional.ofNullable(name), wanted)), page);
    }

    private static PageRequest pageOf(Context ctx, List<Violation> violations) {
        try {
            return Paging.of(ctx);
        } catch (InvalidRequest e) {
            violations.addAll(e.violations());
            return new PageRequest(PageRequest.DEFAULT_LIMIT, Optional.empty());
        }
    }

    /** A filter that is left empty does not filter. */
    private static @Nullable String given(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
