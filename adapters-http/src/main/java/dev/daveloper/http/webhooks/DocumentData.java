package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.http.webhooks.RunData.ErrorData;
import org.jspecify.annotations.Nullable;

/** A document, as far as it is known: of one that was deleted its name is gone too. */
@JsonPropertyOrder({"documentId", "jobId", "name", "kind", "scope", "sessionId", "bytes", "pages", "passages", "error"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentData(
        String documentId,
        @Nullable String jobId,
        @Nullable String name,
        @Nullable String kind,
        String scope,
        @Nullable String sessionId,
        @Nullable Long bytes,
        @Nullable Integer pages,
        @Nullable Integer passages,
        @Nullable ErrorData error) {
    static DocumentData of(Document document) {
        return new DocumentData(
                document.id().value(),
                document.jobId().value(),
                document.name(),
                document.kind().wireName(),
                nameOf(document.scope()),
                sessionOf(document.scope()),
                document.bytes(),
                document.pages().isPresent() ? document.pages().getAsInt() : null,
                document.passages(),
                null);
    }

    static DocumentData of(GatewayEvent.DocumentFailed failed) {
        IngestionJob.Ticket ticket = failed.ticket();
        return new DocumentData(
                ticket.documentId().value(),
                ticket.id().value(),
                ticket.name(),
                ticket.kind().wireName(),
                nameOf(ticket.scope()),
                sessionOf(ticket.scope()),
                ticket.bytes(),
                null,
                null,
                ErrorData.of(failed.failure()));
    }

    static DocumentData of(GatewayEvent.DocumentDeleted deleted) {
        return new DocumentData(
                deleted.documentId().value(),
                null,
                null,
                null,
                nameOf(deleted.scope()),
                sessionOf(deleted.scope()),
                null,
                null,
                null,
                null);
    }

    private static String nameOf(Scope scope) {
        return scope.equals(Scope.SHARED) ? "shared" : "session";
    }

    private static @Nullable String sessionOf(Scope scope) {
        return scope instanceof Scope.OfSession own ? own.session().value() : null;
    }
}
