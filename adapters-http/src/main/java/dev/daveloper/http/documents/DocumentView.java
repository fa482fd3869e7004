package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.Scope;
import org.jspecify.annotations.Nullable;

/** A document as it is written in responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentView(
        String id,
        String jobId,
        String name,
        String kind,
        String mediaType,
        long bytes,
        String sha256,
        String scope,
        @Nullable Integer pages,
        int passages,
        String ingestedAt) {
    static final String SESSION = "session";
    static final String SHARED = "shared";

    public static DocumentView of(Document document) {
        return new DocumentView(
                document.id().value(),
                document.jobId().value(),
                document.name(),
                document.kind().wireName(),
                document.kind().mediaType(),
                document.bytes(),
                document.hash().hex(),
                nameOf(document.scope()),
                document.pages().isPresent() ? document.pages().getAsInt() : null,
                document.passages(),
                document.ingestedAt().toString());
    }

    static String nameOf(Scope scope) {
        return scope.equals(Scope.SHARED) ? SHARED : SESSION;
    }
}
