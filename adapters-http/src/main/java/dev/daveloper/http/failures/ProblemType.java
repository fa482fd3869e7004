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
    /** The kind's address, which resolves to its explanation. */
    public String uri() {
        return "/errors/" + code;
    }

    /** The one translation of what the core refuses. */
    public static ProblemType of(FailureCode code) {
        return FailureTable.of(code);
    }
}
