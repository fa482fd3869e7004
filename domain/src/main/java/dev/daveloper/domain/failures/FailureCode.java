package dev.daveloper.domain.failures;

/**
 * The stable name of each kind of failure, as clients and dashboards see it. A code is never renamed or reused; its
 * meaning for people stands in {@code docs/reference/errors.md}.
 */
public enum FailureCode {
    INVALID_REQUEST("invalid_request", "The request is not valid"),
    SESSION_REQUIRED("session_required", "A session is needed"),
    ADMIN_REQUIRED("admin_required", "An admin key is needed"),
    FORBIDDEN("forbidden", "This is not allowed"),
    NOT_FOUND("not_found", "Not found"),
    RUN_IN_PROGRESS("run_in_progress", "An answer is already being made"),
    IDEMPOTENCY_KEY_REUSED("idempotency_key_reused", "The idempotency key belongs to another request"),
    CURSOR_GONE("cursor_gone", "The cursor is no longer held"),
    TOO_MANY_SESSIONS("too_many_sessions", "Too many sessions live here"),
    TOO_MANY_VIEWERS("too_many_viewers", "Too many viewers follow this answer"),
    QUOTA_EXCEEDED("quota_exceeded", "A limit is reached"),
    TOKEN_BUDGET_SPENT("token_budget_spent", "The budget of tokens is spent"),
    OVERLOADED("overloaded", "The gateway is at its limit"),
    SHUTTING_DOWN("shutting_down", "The gateway is shutting down"),
    STORE_UNAVAILABLE("store_unavailable", "The store does not answer"),
    AGENT_UNAVAILABLE("agent_unavailable", "The agent cannot be reached"),
    AGENT_TIMEOUT("agent_timeout", "The agent took too long"),
    AGENT_FAILED("agent_failed", "The agent failed"),
    ANSWER_TOO_LONG("answer_too_long", "The answer reached its length limit"),
    DOCUMENT_TOO_LARGE("document_too_large", "The document is too large"),
    DOCUMENT_TYPE_NOT_ALLOWED("document_type_not_allowed", "This kind of document is not taken"),
    DOCUMENT_TYPE_MISMATCH("document_type_mismatch", "The document is not what it is said to be"),
    DOCUMENT_EMPTY("document_empty", "The document has no text"),
    DOCUMENT_ENCRYPTED("document_encrypted", "The document is encrypted"),
    DOCUMENT_UNREADABLE("document_unreadable", "The document is damaged"),
    DOCUMENT_TOO_COMPLEX("document_too_complex", "The document needs too much to be read"),
    DOCUMENT_QUOTA_EXCEEDED("document_quota_exceeded", "There is no room for the document"),
    DOCUMENTS_BUSY("documents_busy", "Too many documents are waiting"),
    DOCUMENTS_UNAVAILABLE("documents_unavailable", "The document service cannot be reached"),
    DOCUMENTS_FAILED("documents_failed", "The document service failed"),
    PRECONDITION_FAILED("precondition_failed", "It has changed meanwhile"),
    ROTATION_UNDER_WAY("rotation_under_way", "The secret was replaced a short while ago"),
    TOO_MANY_WEBHOOKS("too_many_webhooks", "There are too many webhooks"),
    WEBHOOK_SECRETS_UNPROTECTED("webhook_secrets_unprotected", "There is no key to keep secrets by"),
    INTERRUPTED("interrupted", "The answer was interrupted"),
    INTERNAL("internal", "Something went wrong here");

    private final String wireName;
    private final String title;

    FailureCode(String wireName, String title) {
        this.wireName = wireName;
        this.title = title;
    }

    /** As written in responses and logs, in lower snake case. */
    public String wireName() {
        return wireName;
    }

    /** A short sentence for people, the same for every failure of this kind. */
    public String title() {
        return title;
    }

    /** The code of this wire name; {@link #INTERNAL} for a name that this version does not know. */
    public static FailureCode of(String wireName) {
        for (FailureCode code : values()) {
            if (code.wireName.equals(wireName)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
