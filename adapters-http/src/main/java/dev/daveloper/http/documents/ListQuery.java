package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents.Filter;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.http.requests.CursorText;
import dev.daveloper.http.requests.NameText;
import dev.daveloper.http.requests.PageQuery;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which documents a request's query asks for. A filter that is left empty does not filter. */
record ListQuery(
        @Min(value = 1, message = PageQuery.LIMIT_RANGE)
        @Max(value = PageRequest.MAX_LIMIT, message = PageQuery.LIMIT_RANGE)
        @Nullable
        Integer limit,

        @CursorText @Nullable String cursor,

        @Pattern(regexp = "|session|shared", message = "{name} must be session or shared, not '{given}'.") @Nullable
        String scope,

        @NameText(max = DocumentQuery.MAX_NAME_CHARS) @Nullable
        String name,

        @KindName @Nullable String kind) {

    /** The page; ask a record that was validated. */
    PageRequest toPage() {
        return new PageQuery(limit, cursor).toPage();
    }

    /** Empty when it asks for a session's documents on behalf of an administrator, who has no session. */
    Optional<Filter> filterFor(Scope viewer) {
        Optional<String> wanted = given(scope);
        boolean own = wanted.filter(DocumentView.SESSION::equals).isPresent();
        if (own && viewer.equals(Scope.SHARED)) {
            return Optional.empty();
        }
        Optional<Scope> only = wanted.map(any -> own ? viewer : Scope.SHARED);
        return Optional.of(new Filter(only, given(name), given(kind).flatMap(MediaKind::ofWireName)));
    }

    private static Optional<String> given(@Nullable String filter) {
        return Optional.ofNullable(filter).filter(text -> !text.isEmpty());
    }
}
