package dev.daveloper.http.failures;

import java.util.Map;

/** A request that the transport refuses. An ordinary outcome: without a stack trace, never logged. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient Map<String, String> headers;

    public Refusal(TransportFailure failure, String detail) {
        this(failure.type(), detail, Map.of());
    }

    /** @param headers to send along, such as {@code Allow} */
    public Refusal(ProblemType type, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.headers = Map.copyOf(headers);
    }

    ProblemType type() {
        return type;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? type.title() : message;
    }

    Map<String, String> headers() {
        return headers;
    }
}
