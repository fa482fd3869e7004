package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;
import java.util.Optional;

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

    /** What it is called in problems: its {@link #page}, or the name under which IANA knows it. */
    public String uri() {
        return code.equals(FailureCode.QUOTA_EXCEEDED.wireName()) ? QUOTA_EXCEEDED : page();
    }

    /** Where it is explained on this gateway. */
    public String page() {
        return "/errors/" + code;
    }

    /** The one translation of what the core refuses. */
    public static ProblemType of(FailureCode code) {
        return FailureTable.of(code);
    }

    /** The kind with this code; empty when the table has none. */
    public static Optional<ProblemType> find(String code) {
        return FailureTable.find(code);
    }
}
