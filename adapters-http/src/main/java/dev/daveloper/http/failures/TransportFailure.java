package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;
import java.util.Set;

/** Failures that only HTTP knows: the request never reached the core. */
public enum TransportFailure {
    BAD_REQUEST(
            "bad_request",
            400,
            Handling.client(Classification.BAD_REQUEST),
            "The request is not valid HTTP",
            "The request could not be read as HTTP/1.1."),
    MALFORMED_JSON(
            "malformed_json",
            400,
            Handling.client(Classification.BAD_REQUEST),
            "The body is not valid JSON",
            "The body is not one JSON text in UTF-8, names a member twice, or is nested too deeply."),
    CROSS_SITE_REFUSED(
            "cross_site_refused",
            403,
            Handling.client(Classification.FORBIDDEN),
            "The request came from a foreign page",
            "A page of another origin tried to call. The operator can allow its origin with `http.cors.origins`."),
    ROUTE_NOT_FOUND(
            "route_not_found",
            404,
            Handling.client(Classification.NOT_FOUND),
            "There is nothing at this address",
            "No route has this path."),
    METHOD_NOT_ALLOWED(
            "method_not_allowed",
            405,
            Handling.client(Classification.BAD_REQUEST),
            "The method is not allowed here",
            "`Allow` names the methods that are."),
    NOT_ACCEPTABLE(
            "not_acceptable",
            406,
            Handling.client(Classification.BAD_REQUEST),
            "No acceptable form",
            "The answer cannot be given in any of the forms that `Accept` names."),
    REQUEST_TIMEOUT(
            "request_timeout",
            408,
            Handling.client(Classification.BAD_REQUEST).retried(Handling.Retry.LATER),
            "The request took too long",
            "The request did not arrive in time."),
    QUERY_INVALID(
            "query_invalid",
            400,
            Handling.client(Classification.BAD_REQUEST),
            "The GraphQL operation is not valid",
            "The document cannot be read, does not fit the schema, or its variables do not fit the document."),
    QUERY_NOT_TRUSTED(
            "query_not_trusted",
            400,
            Handling.client(Classification.BAD_REQUEST),
            "The GraphQL document is not a trusted one",
            "This gateway does only the documents on its operator's list, `graphql.trusted-documents`."),
    QUERY_TOO_COMPLEX(
            "query_too_complex",
            400,
            Handling.client(Classification.BAD_REQUEST),
            "The GraphQL operation asks for too much",
            "Ask for fewer fields, shorter pages or less depth; the detail names the bound."),
    QUERY_TIMEOUT(
            "query_timeout",
            503,
            Handling.client(Classification.BAD_REQUEST).retried(Handling.Retry.LATER),
            "The GraphQL operation took too long",
            "It was broken off; what it had changed by then stays changed."),
    BODY_TOO_LARGE(
            "body_too_large",
            413,
            Handling.client(Classification.BAD_REQUEST).closing(1009),
            "The body is too large",
            "The detail names the limit."),
    URI_TOO_LONG(
            "uri_too_long",
            414,
            Handling.client(Classification.BAD_REQUEST),
            "The address is too long",
            "The request's address exceeds the limit."),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported_media_type",
            415,
            Handling.client(Classification.BAD_REQUEST),
            "The media type is not supported",
            "Send the body as `application/json`, documents as `multipart/form-data`."),
    EXPECTATION_FAILED(
            "expectation_failed",
            417,
            Handling.client(Classification.BAD_REQUEST),
            "The expectation cannot be met",
            "The only expectation that `Expect` may name is `100-continue`."),
    UPGRADE_REQUIRED(
            "upgrade_required",
            426,
            Handling.client(Classification.BAD_REQUEST),
            "This address speaks WebSocket",
            "Connect with a WebSocket client, version 13, that offers the subprotocol `daveloper.v1`."),
    HEADERS_TOO_LARGE(
            "headers_too_large",
            431,
            Handling.client(Classification.BAD_REQUEST),
            "The headers are too large",
            "The request's headers exceed the limit."),
    NOT_KEPT(
            "not_kept",
            504,
            Handling.client(Classification.NOT_FOUND),
            "Nothing is kept of it",
            "The request wanted what is kept and nothing else, by `Cache-Control: only-if-cached`."),
    VERSION_NOT_SUPPORTED(
            "version_not_supported",
            505,
            Handling.client(Classification.BAD_REQUEST),
            "The version of HTTP is not supported",
            "Send the request as HTTP/1.1, or as HTTP/2 where TLS agreed on it.");

    /** What only whoever reads bodies says; a status alone never means it. */
    static final Set<TransportFailure> OF_BODIES =
            Set.of(MALFORMED_JSON, QUERY_INVALID, QUERY_NOT_TRUSTED, QUERY_TOO_COMPLEX, QUERY_TIMEOUT);

    private final String code;
    private final int status;

    @SuppressWarnings("ImmutableEnumChecker") // A record of constants.
    private final Handling handling;

    private final String title;
    private final String meaning;

    TransportFailure(String code, int status, Handling handling, String title, String meaning) {
        this.code = code;
        this.status = status;
        this.handling = handling;
        this.title = title;
        this.meaning = meaning;
    }

    public String code() {
        return code;
    }

    public ProblemType type() {
        return new ProblemType(code, status, title, meaning, handling);
    }

    /** The failure that stands for a status which the server itself chose. */
    public static ProblemType ofStatus(int status) {
        for (TransportFailure failure : values()) {
            if (failure.status == status && !OF_BODIES.contains(failure)) {
                return failure.type();
            }
        }
        return status >= 500 ? ProblemType.of(FailureCode.INTERNAL) : BAD_REQUEST.type();
    }
}
