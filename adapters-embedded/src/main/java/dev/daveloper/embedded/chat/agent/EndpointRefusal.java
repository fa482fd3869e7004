package dev.daveloper.embedded.chat.agent;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** The model's endpoint answered with an error. Keeps its status and nothing of its words, which may hold secrets. */
final class EndpointRefusal extends HttpException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    EndpointRefusal(int status, Optional<Duration> retryAfter) {
        super(status, "the model's endpoint answered with status " + status);
        this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later. */
    boolean passes() {
        int status = statusCode();
        return status == 408 || status == 429 || status >= 500;
    }
}
