package dev.daveloper.domain.failures;

import java.util.List;

/** A request that breaks rules, all of them named at once. */
public final class InvalidRequest extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequest(List<Violation> violations) {
        super(
                FailureCode.INVALID_REQUEST,
                violations.size() == 1
                        ? violations.getFirst().detail()
                        : "The request breaks " + violations.size() + " rules.");
        this.violations = List.copyOf(violations);
    }

    public InvalidRequest(String pointer, String detail) {
        this(List.of(new Violation(pointer, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }

    /**
     * One broken rule.
     *
     * @param pointer where, as a JSON Pointer fragment such as {@code #/message} (RFC 6901, section 6)
     * @param detail what is wrong, in one sentence
     */
    public record Violation(String pointer, String detail) {}
}
