package dev.daveloper.http.failures;

/** What kind of trouble a failure is, in the few words that generic clients branch on; GraphQL's extension. */
public enum Classification {
    BAD_REQUEST,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    INTERNAL
}
