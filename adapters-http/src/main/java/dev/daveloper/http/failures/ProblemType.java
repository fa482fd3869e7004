package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;

/**
 * A kind of failure as HTTP tells it: the fixed part of a problem object (RFC 9457), and what is done about it
 * elsewhere.
 *
 * @param code stable, in lower snake case
 * @param status the HTTP status
 * @param title the same short sentence for every failure of the kind
 * @param meaning what it means to whoever receives it, and what to do, in Markdown
 */
public record ProblemType(String code, int status, String title, String meaning, Handling handling) {
    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /** The kind's address, which resolves to its explanation. */
    public String uri() {
        // The one kind that is registered with IANA: generic clients know it by this name.
        return code.equals(FailureCode.QUOTA_EXCEEDED.wireName()) ? QUOTA_EXCEEDED : "/errors/" + code;
    }

    /** The one translation of what the core refuses. */
    public static ProblemType of(FailureCode code) {
        return FailureTable.of(code);
    }
}
