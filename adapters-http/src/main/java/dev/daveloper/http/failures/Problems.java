package dev.daveloper.http.failures;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.RunInProgress;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates whatever was thrown into what the client is told. Logs what nobody expected, once, and nothing else. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    /** Told with a failure for which waiting helps, where nobody knows better. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final int UNAVAILABLE = 503;

    private Problems() {}

    /** @param headers to send along with the problem */
    public record Told(Problem problem, Map<String, String> headers) {}

    /**
     * @param instance the path that was asked for; null where there is none, as on a socket
     */
    public static Told tell(Throwable thrown, @Nullable String instance, String traceId) {
        Told told = switch (thrown) {
            case GatewayException refused -> tellRefused(refused);
            case Refusal refusal -> new Told(Problem.of(refusal.type(), refusal.detail()), refusal.headers());
            case HttpResponseException response -> tellServers(response);
            default -> tellDefect(thrown, traceId);
        };
        return new Told(told.problem().at(instance, traceId), told.headers());
    }

    /** The header that goes with a failure's status, where waiting helps. */
    public static Map<String, String> retryHeaders(int status, Optional<Duration> retryAfter) {
        if (retryAfter.isEmpty() && status != UNAVAILABLE) {
            return Map.of();
        }
        Duration wait = retryAfter.orElse(RETRY_AFTER);
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return Map.of("Retry-After", Long.toString(seconds));
    }

    private static Told tellRefused(GatewayException refused) {
        ProblemType type = ProblemType.of(refused.code());
        Problem problem = Problem.of(type, refused.detail());
        if (refused instanceof InvalidRequest invalid) {
            problem = problem.withErrors(errorsOf(invalid));
        } else if (refused instanceof RunInProgress busy) {
            problem = problem.withRunId(busy.runId());
        }
        if (refused.code() == FailureCode.SESSION_REQUIRED) {
            return new Told(problem, Map.of("WWW-Authenticate", "Bearer"));
        }
        return new Told(problem, retryHeaders(type.status(), refused.retryAfter()));
    }

    private static List<Problem.Flaw> errorsOf(InvalidRequest invalid) {
        return invalid.violations().stream()
                .map(violation -> new Problem.Flaw(violation.detail(), violation.pointer()))
                .toList();
    }

    private static Told tellServers(HttpResponseException response) {
        ProblemType type = TransportFailure.ofStatus(response.getStatus());
        String allowed = response.getDetails().get("availableMethods");
        Map<String, String> headers = allowed == null ? Map.of() : Map.of("Allow", allowed);
        return new Told(Problem.of(type, type.meaning()), headers);
    }

    private static Told tellDefect(Throwable thrown, String traceId) {
        LOG.error("unexpected failure, trace {}", traceId, thrown);
        ProblemType type = ProblemType.of(FailureCode.INTERNAL);
        return new Told(Problem.of(type, "The gateway failed. The operator finds it under the trace id."), Map.of());
    }
}
