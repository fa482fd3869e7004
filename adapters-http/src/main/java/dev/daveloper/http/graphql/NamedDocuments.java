package dev.daveloper.http.graphql;

import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.graphql.GraphEngine.Cause;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the documents that requests only name, remembers those that clients want remembered, and lets nothing pass but
 * what is trusted where there is a list of that. The same for all transports: the engine asks it before it judges.
 * Names are given as automatic persisted queries have them, in {@code extensions}, and as the draft on persisted
 * documents (GraphQL over HTTP, appendix A) has them, as {@code documentId}. Safe for use by many threads.
 */
final class NamedDocuments {
    /** What clients of automatic persisted queries wait for, as a message and as a code. */
    static final String UNKNOWN = "PersistedQueryNotFound";

    static final String UNKNOWN_CODE = "PERSISTED_QUERY_NOT_FOUND";
    static final String UNSUPPORTED = "PersistedQueryNotSupported";
    static final String UNSUPPORTED_CODE = "PERSISTED_QUERY_NOT_SUPPORTED";

    private static final int OK = 200;
    private static final int INVALID = 400;

    private final KnownDocuments documents;
    private final Optional<RememberedDocuments> remembered;
    private final Optional<TrustedDocuments> trusted;

    /**
     * @param remembered empty where clients cannot have any remembered
     * @param trusted empty where every document may be done that is valid; where it is there, nothing is remembered
     */
    NamedDocuments(
            KnownDocuments documents, Optional<RememberedDocuments> remembered, Optional<TrustedDocuments> trusted) {
        this.documents = documents;
        this.remembered = remembered;
        this.trusted = trusted;
    }

    /** What came of looking for a document. */
    sealed interface Resolution {}

    /** @param request with its document, for the engine to judge */
    record Resolved(GraphRequest request) implements Resolution {}

    /**
     * Nothing is to be done.
     *
     * @param cause {@link Cause#UNKNOWN_YET} where the client will send the document along, or not name it again
     */
    record Unresolved(GraphQLError error, Cause cause) implements Resolution {}

    /** The request with its document; as it is when it neither has nor names one. */
    Resolution resolve(GraphRequest request) throws InterruptedException {
        DocumentName name = DocumentName.of(request);
        if (name.flaw().isPresent()) {
            return invalid(name.flaw().get());
        }
        if (request.query().isPresent()) {
            return given(request, request.query().get(), name);
        }
        return name.hash().isPresent() ? named(request, name.hash().get(), name) : new Resolved(request);
    }

    private Resolution given(GraphRequest request, String text, DocumentName name) throws InterruptedException {
        if (name.hash().isEmpty() && trusted.isEmpty()) {
            return new Resolved(request);
        }
        DocumentHash hash = DocumentHash.of(text);
        if (name.hash().isPresent() && !name.hash().get().equals(hash)) {
            return invalid("The SHA-256 of the query is " + hash + ", and not what it is called by.");
        }
        if (trusted.isPresent()) {
            return trusted.get().has(hash) ? new Resolved(request) : untrusted();
        }
        // What is wrong is not worth the room; the engine says what it is.
        if (remembered.isPresent() && documents.look(text).isValid()) {
            remembered.get().remember(hash, text);
        }
        return new Resolved(request);
    }

    private Resolution named(GraphRequest request, DocumentHash hash, DocumentName name) throws InterruptedException {
        if (trusted.isPresent()) {
            return trusted.get()
                    .find(hash)
                    .<Resolution>map(text -> new Resolved(request.withQuery(text)))
                    .orElseGet(NamedDocuments::untrusted);
        }
        if (remembered.isEmpty()) {
            return unknown(UNSUPPORTED, UNSUPPORTED_CODE, name);
        }
        return remembered
                .get()
                .find(hash)
                .<Resolution>map(text -> new Resolved(request.withQuery(text)))
                .orElseGet(() -> unknown(UNKNOWN, UNKNOWN_CODE, name));
    }

    private static Unresolved invalid(String message) {
        return new Unresolved(GraphFailures.simple(TransportFailure.QUERY_INVALID, message), Cause.NAME);
    }

    private static Unresolved untrusted() {
        return new Unresolved(
                GraphFailures.simple(
                        TransportFailure.QUERY_NOT_TRUSTED, "This document is not one of those that are done here."),
                Cause.NAME);
    }

    private static Unresolved unknown(String message, String code, DocumentName name) {
        GraphQLError error = GraphqlErrorBuilder.newError()
                .errorType(ErrorType.ExecutionAborted)
                .message("%s", message)
                .locations(null)
                .extensions(Map.of(GraphFailures.CODE, code, GraphFailures.STATUS, name.isAutomatic() ? OK : INVALID))
                .build();
        return new Unresolved(error, name.isAutomatic() ? Cause.UNKNOWN_YET : Cause.NAME);
    }
}
