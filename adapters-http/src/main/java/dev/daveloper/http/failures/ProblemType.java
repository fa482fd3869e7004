package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;

/**
 * A kind of failure as HTTP tells it: the fixed part of a problem object (RFC 9457).
 *
 * @param code stable, in lower snake case
 * @param status the HTTP status
 * @param title the same short sentence for every failure of the kind
 * @param meaning what it means to whoever receives it, and what to do
 */
public record ProblemType(String code, int status, String title, String meaning) {
    /** The kind's address, which resolves to its explanation. */
    public String uri() {
        return "/errors/" + code;
    }

    /** The one translation of what the core refuses. */
    public static ProblemType of(FailureCode code) {
        return new ProblemType(code.wireName(), statusOf(code), code.title(), meaningOf(code));
    }

    private static int statusOf(FailureCode code) {
        return switch (code) {
            case INVALID_REQUEST -> 400;
            case SESSION_REQUIRED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case RUN_IN_PROGRESS, DOCUMENT_QUOTA_EXCEEDED -> 409;
            case CURSOR_GONE -> 410;
            case DOCUMENT_TOO_LARGE -> 413;
            case DOCUMENT_TYPE_NOT_ALLOWED, DOCUMENT_TYPE_MISMATCH -> 415;
            case IDEMPOTENCY_KEY_REUSED,
                    DOCUMENT_EMPTY,
                    DOCUMENT_ENCRYPTED,
                    DOCUMENT_UNREADABLE,
                    DOCUMENT_TOO_COMPLEX -> 422;
            case INTERNAL -> 500;
            case AGENT_FAILED, ANSWER_TOO_LONG, DOCUMENTS_FAILED -> 502;
            case TOO_MANY_VIEWERS,
                    OVERLOADED,
                    SHUTTING_DOWN,
                    STORE_UNAVAILABLE,
                    AGENT_UNAVAILABLE,
                    DOCUMENTS_UNAVAILABLE,
                    DOCUMENTS_BUSY,
                    INTERRUPTED -> 503;
            case AGENT_TIMEOUT -> 504;
        };
    }

    private static String meaningOf(FailureCode code) {
        return switch (code) {
            case INVALID_REQUEST ->
                "The request breaks the rules that `errors` names, each with a JSON Pointer to the"
                        + " place. Correct them and send it again.";
            case SESSION_REQUIRED ->
                "The call needs a session: send the cookie or the token that `POST /sessions` gave,"
                        + " or open a new one. An ended session cannot be used again.";
            case FORBIDDEN ->
                "The caller may see this but may not change it: shared documents are an administrator's to change.";
            case NOT_FOUND -> "There is no such thing, or it belongs to another session; the two are not told apart.";
            case RUN_IN_PROGRESS ->
                "A session makes one answer at a time. Follow or cancel the run that `runId` names,"
                        + " or send the message with `\"onBusy\": \"interrupt\"`.";
            case IDEMPOTENCY_KEY_REUSED ->
                "The key came with a different request before. Use a new key for a new" + " message.";
            case CURSOR_GONE -> "The run's events are no longer held. Read the finished answer from the history.";
            case TOO_MANY_VIEWERS ->
                "This answer has as many viewers, or this connection as many runs, as it may have."
                        + " Close one, or try again later.";
            case OVERLOADED ->
                "A stated limit of the gateway is reached; nothing was accepted. Try again after the time"
                        + " in `Retry-After`.";
            case SHUTTING_DOWN ->
                "This node is shutting down; nothing was accepted. Try again, another node will take" + " it.";
            case STORE_UNAVAILABLE ->
                "The store does not answer; nothing was changed. Try again after the time in" + " `Retry-After`.";
            case AGENT_UNAVAILABLE -> "The agent cannot be reached. Try again after the time in `Retry-After`.";
            case AGENT_TIMEOUT -> "The agent did not finish in time. What it had said by then is in the history.";
            case AGENT_FAILED -> "The agent broke down. What it had said by then is in the history.";
            case ANSWER_TOO_LONG -> "The answer reached the longest that the gateway keeps, and was ended there.";
            case INTERRUPTED -> "The node that made the answer went away. What had come by then is in the history.";
            case INTERNAL -> "A defect of the gateway. The operator finds it in the log under `traceId`.";
            default -> meaningForDocuments(code);
        };
    }

    private static String meaningForDocuments(FailureCode code) {
        return switch (code) {
            case DOCUMENT_TOO_LARGE -> "The detail names the most bytes that a document may have. Nothing was kept.";
            case DOCUMENT_TYPE_NOT_ALLOWED -> "The detail lists the extensions that are taken. Nothing was kept.";
            case DOCUMENT_TYPE_MISMATCH ->
                "The file's extension, its declared media type and its content do not agree. Name the file for what it"
                        + " is and send it again.";
            case DOCUMENT_EMPTY ->
                "The file has no bytes, or no text was found in it; a scanned page is a picture, and pictures are not"
                        + " read.";
            case DOCUMENT_ENCRYPTED -> "The document asks for a password. Remove the protection and send it again.";
            case DOCUMENT_UNREADABLE -> "The document is damaged, or breaks the rules of its format.";
            case DOCUMENT_TOO_COMPLEX ->
                "Reading the document would take more time, memory or unpacked bytes than one document may take.";
            case DOCUMENT_QUOTA_EXCEEDED ->
                "As many documents or bytes are kept as may be. Delete some to make room, then send it again.";
            case DOCUMENTS_BUSY ->
                "As many documents are being sent, or wait to be ingested, as may; nothing was kept. Try again after"
                        + " the time in `Retry-After`.";
            case DOCUMENTS_UNAVAILABLE ->
                "The document service cannot be reached; nothing was kept. Try again after the time in `Retry-After`.";
            case DOCUMENTS_FAILED -> "The document service broke down over the call. Trying again may help.";
            default -> throw new IllegalArgumentException(code + " has no meaning yet");
        };
    }
}
