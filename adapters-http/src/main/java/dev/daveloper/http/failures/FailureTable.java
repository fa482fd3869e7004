package dev.daveloper.http.failures;

import static dev.daveloper.http.failures.Classification.BAD_REQUEST;
import static dev.daveloper.http.failures.Classification.CONFLICT;
import static dev.daveloper.http.failures.Classification.TOO_MANY_REQUESTS;
import static dev.daveloper.http.failures.Classification.UNAUTHENTICATED;
import static dev.daveloper.http.failures.Classification.UNAVAILABLE;
import static dev.daveloper.http.failures.Handling.client;
import static dev.daveloper.http.failures.Handling.gateway;
import static dev.daveloper.http.failures.Handling.limit;
import static dev.daveloper.http.failures.Handling.upstream;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.Handling.LogLevel;
import dev.daveloper.http.failures.Handling.Retry;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every kind of failure that the core knows, with all that is told and done about it: the one table. What only HTTP
 * knows stands in {@link TransportFailure}.
 */
final class FailureTable {
    private static final int GOING_AWAY = 1001;
    private static final int NO_SESSION = 4401;

    private static final List<Row> CALLS = List.of(
            new Row(FailureCode.INVALID_REQUEST, 400, client(BAD_REQUEST), """
                    The request breaks the rules that `errors` names, each with a JSON Pointer to the place. Correct \
                    them and send it again."""),
            new Row(FailureCode.SESSION_REQUIRED, 401, client(UNAUTHENTICATED).closing(NO_SESSION), """
                    The call needs a session: send the cookie or the token that `POST /sessions` gave, or open a new \
                    one. An ended session cannot be used again."""),
            new Row(FailureCode.ADMIN_REQUIRED, 403, client(Classification.FORBIDDEN), """
                    The call is an administrator's alone: send an admin key as the Bearer token. The operator sets \
                    them with `admin.keys`."""),
            new Row(FailureCode.FORBIDDEN, 403, client(Classification.FORBIDDEN), """
                    The caller may see this but may not change it: shared documents are an administrator's to \
                    change."""),
            new Row(FailureCode.NOT_FOUND, 404, client(Classification.NOT_FOUND), """
                    There is no such thing, or it belongs to another session; the two are not told apart."""),
            new Row(FailureCode.PRECONDITION_FAILED, 412, client(CONFLICT), """
                    What is here now is not the version that `If-Match` names. Read it again."""),
            new Row(FailureCode.TOO_MANY_SESSIONS, 429, limit(TOO_MANY_REQUESTS), """
                    As many sessions live from this address as may. End one that is not needed, use one again, or try \
                    again after the time in `Retry-After`."""),
            new Row(FailureCode.QUOTA_EXCEEDED, 429, limit(TOO_MANY_REQUESTS), """
                    `violated-policies` names the limits that are reached; nothing was accepted and nothing counted. \
                    Try again after the time in `Retry-After`."""),
            new Row(FailureCode.OVERLOADED, 503, limit(UNAVAILABLE), """
                    A stated limit of the gateway is reached; nothing was accepted. Try again after the time in \
                    `Retry-After`."""),
            new Row(
                    FailureCode.SHUTTING_DOWN,
                    503,
                    gateway(UNAVAILABLE, LogLevel.NONE, Retry.LATER).closing(GOING_AWAY),
                    "This node is shutting down; nothing was accepted. Try again, another node will take it."),
            new Row(FailureCode.STORE_UNAVAILABLE, 503, upstream(), """
                    The store does not answer; nothing was changed. Try again after the time in `Retry-After`."""),
            new Row(
                    FailureCode.INTERNAL,
                    500,
                    gateway(Classification.INTERNAL, LogLevel.ERROR, Retry.NO),
                    "A defect of the gateway. The operator finds it in the log under `traceId`."));

    private static final List<Row> CHAT = List.of(
            new Row(FailureCode.RUN_IN_PROGRESS, 409, client(CONFLICT).retried(Retry.LATER), """
                    A session makes one answer at a time. Follow or cancel the run that `runId` names, or send the \
                    message with `"onBusy": "interrupt"`."""),
            new Row(FailureCode.IDEMPOTENCY_KEY_REUSED, 422, client(CONFLICT), """
                    The key came with a different request before. Use a new key for a new message."""),
            new Row(FailureCode.CURSOR_GONE, 410, client(Classification.NOT_FOUND), """
                    The run's events are no longer held. Read the finished answer from the history."""),
            new Row(FailureCode.TOO_MANY_VIEWERS, 503, limit(TOO_MANY_REQUESTS), """
                    This answer has as many viewers, or this connection as many runs, as it may have. Close one, or \
                    try again later."""),
            new Row(FailureCode.AGENT_UNAVAILABLE, 503, upstream(), """
                    The agent cannot be reached. Try again after the time in `Retry-After`."""),
            new Row(FailureCode.AGENT_TIMEOUT, 504, upstream(), """
                    The agent did not finish in time. What it had said by then is in the history."""),
            new Row(FailureCode.AGENT_FAILED, 502, upstream(), """
                    The agent broke down. What it had said by then is in the history."""),
            new Row(
                    FailureCode.ANSWER_TOO_LONG,
                    502,
                    upstream().logged(LogLevel.NONE).retried(Retry.NO),
                    """
                    The answer reached the longest that the gateway keeps, and was ended there."""),
            new Row(FailureCode.TOKEN_BUDGET_SPENT, 429, limit(TOO_MANY_REQUESTS), """
                    The tokens of the agent's model that may be used in the time were spent in mid-answer. What came \
                    before is in the history."""),
            new Row(FailureCode.INTERRUPTED, 503, gateway(UNAVAILABLE, LogLevel.WARN, Retry.LATER), """
                    The node that made the answer went away. What had come by then is in the history."""));

    private static final List<Row> DOCUMENTS = List.of(
            new Row(FailureCode.DOCUMENT_TOO_LARGE, 413, client(BAD_REQUEST), """
                    The detail names the most bytes that a document may have. Nothing was kept."""),
            new Row(FailureCode.DOCUMENT_TYPE_NOT_ALLOWED, 415, client(BAD_REQUEST), """
                    The detail lists the extensions that are taken. Nothing was kept."""),
            new Row(FailureCode.DOCUMENT_TYPE_MISMATCH, 415, client(BAD_REQUEST), """
                    The file's extension, its declared media type and its content do not agree. Name the file for \
                    what it is and send it again."""),
            new Row(FailureCode.DOCUMENT_EMPTY, 422, client(BAD_REQUEST), """
                    The file has no bytes, or no text was found in it; a scanned page is a picture, and pictures are \
                    not read."""),
            new Row(FailureCode.DOCUMENT_ENCRYPTED, 422, client(BAD_REQUEST), """
                    The document asks for a password. Remove the protection and send it again."""),
            new Row(FailureCode.DOCUMENT_UNREADABLE, 422, client(BAD_REQUEST), """
                    The document is damaged, or breaks the rules of its format."""),
            new Row(FailureCode.DOCUMENT_TOO_COMPLEX, 422, client(BAD_REQUEST), """
                    Reading the document would take more time, memory or unpacked bytes than one document may \
                    take."""),
            new Row(FailureCode.DOCUMENT_QUOTA_EXCEEDED, 409, limit(CONFLICT).retried(Retry.NO), """
                    As many documents or bytes are kept as may be. Delete some to make room, then send it again."""),
            new Row(FailureCode.DOCUMENTS_BUSY, 503, limit(UNAVAILABLE), """
                    As many documents are being sent, or wait to be ingested, as may; nothing was kept. Try again \
                    after the time in `Retry-After`."""),
            new Row(FailureCode.DOCUMENTS_UNAVAILABLE, 503, upstream(), """
                    The document service cannot be reached; nothing was kept. Try again after the time in \
                    `Retry-After`."""),
            new Row(FailureCode.DOCUMENTS_FAILED, 502, upstream(), """
                    The document service broke down over the call. Trying again may help."""));

    private static final List<Row> WEBHOOKS = List.of(
            new Row(FailureCode.ROTATION_UNDER_WAY, 409, client(CONFLICT), """
                    Two secrets sign at the moment, and a third would make one of them worthless unseen. Wait until \
                    the old one signs no more, or replace it with `"overlapSeconds": 0`."""),
            new Row(FailureCode.TOO_MANY_WEBHOOKS, 409, limit(CONFLICT).retried(Retry.NO), """
                    As many webhooks are kept as may be. Delete one that is not needed."""),
            new Row(
                    FailureCode.WEBHOOK_SECRETS_UNPROTECTED,
                    409,
                    limit(CONFLICT).retried(Retry.NO),
                    """
                    Secrets of webhooks are kept in Redis encrypted alone, and no key is configured to encrypt them \
                    by. The operator has to set `data.encryption-keys`."""));

    private static final Map<FailureCode, ProblemType> CORE = Stream.of(CALLS, CHAT, DOCUMENTS, WEBHOOKS)
            .flatMap(List::stream)
            .collect(Collectors.toMap(
                    Row::code, Row::type, FailureTable::refuseTwo, () -> new EnumMap<>(FailureCode.class)));

    /** All of them, those of the transport too, by status and code. */
    static final List<ProblemType> ALL = Stream.concat(
                    CORE.values().stream(), Stream.of(TransportFailure.values()).map(TransportFailure::type))
            .sorted(Comparator.comparingInt(ProblemType::status).thenComparing(ProblemType::code))
            .toList();

    private static final Map<String, ProblemType> BY_CODE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ProblemType::code, Function.identity()));

    private FailureTable() {}

    static ProblemType of(FailureCode code) {
        return Objects.requireNonNull(CORE.get(code), () -> code + " has no row yet");
    }

    static Optional<ProblemType> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    private static ProblemType refuseTwo(ProblemType one, ProblemType other) {
        throw new IllegalStateException(one.code() + " has two rows: " + other.meaning());
    }

    private record Row(FailureCode code, int status, Handling handling, String meaning) {
        ProblemType type() {
            return new ProblemType(code.wireName(), status, code.title(), meaning, handling);
        }
    }
}
