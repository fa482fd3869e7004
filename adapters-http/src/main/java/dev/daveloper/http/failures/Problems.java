package dev.daveloper.http.failures;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.QuotaExceeded;
import dev.daveloper.domain.failures.RunInProgress;
import dev.daveloper.http.ratelimits.LimitHeaders;
import dev.daveloper.http.ratelimits.LimitView;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates whatever was thrown into what the client is told, counts it, and has it written and reported as the table
 * says. Each failure is told once. Safe for use by many threads.
 */
public final class Problems {
    /** Told with a failure for which waiting helps, where nobody knows better. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final int UNAVAILABLE = 503;

    private final FailureCounts counts;
    private final FailureLog log;

    public Problems(InstantSource clock, ErrorReporter reporter) {
        this.counts = new FailureCounts(clock);
        this.log = new FailureLog(clock, reporter);
    }

    /**
     * What the client is told.
     *
     * @param headers to send along with the problem
     * @param outcome on whose account it is
     */
    public record Told(Problem problem, Map<String, String> headers, Handling.Outcome outcome) {}

    /** @param type what the table says of it */
    private record Judged(ProblemType type, Problem problem, Map<String, String> headers) {
        static Judged of(ProblemType type, String detail, Map<String, String> headers) {
            return new Judged(type, Problem.of(type, detail), headers);
        }
    }

    public Told tell(Throwable thrown, Occasion occasion) {
        return tell(judge(thrown), thrown, occasion);
    }

    /** What ended a run, to whoever waited for its answer. */
    public Told tell(Failure failure, Occasion occasion) {
        ProblemType type = ProblemType.of(failure.code());
        Map<String, String> headers = retryHeaders(type.status(), Optional.empty());
        return tell(Judged.of(type, failure.detail(), headers), null, occasion);
    }

    /** A failure of which nobody can be told any more: it is counted, written and reported all the same. */
    public void note(Throwable thrown, Occasion occasion) {
        tell(thrown, occasion);
    }

    public FailureCounts counts() {
        return counts;
    }

    private Told tell(Judged judged, @Nullable Throwable thrown, Occasion occasion) {
        counts.count(judged.type(), occasion.traceId());
        log.write(judged.type(), thrown, occasion);
        return new Told(
                judged.problem().at(occasion.path(), occasion.traceId()),
                judged.headers(),
                judged.type().handling().outcome());
    }

    private static Judged judge(Throwable thrown) {
        return switch (thrown) {
            case GatewayException refused -> refused(refused);
            case Refusal refusal -> Judged.of(refusal.type(), refusal.detail(), refusal.headers());
            case HttpResponseException response -> chosenByServer(response);
            default ->
                Judged.of(
                        ProblemType.of(FailureCode.INTERNAL),
                        "The gateway failed. The operator finds it under the trace id.",
                        Map.of());
        };
    }

    /** The header that goes with a failure's status, where waiting helps. */
    private static Map<String, String> retryHeaders(int status, Optional<Duration> retryAfter) {
        if (retryAfter.isEmpty() && status != UNAVAILABLE) {
            return Map.of();
        }
        Duration wait = retryAfter.orElse(RETRY_AFTER);
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return Map.of("Retry-After", Long.toString(seconds));
    }

    private static Judged refused(GatewayException refused) {
        ProblemType type = ProblemType.of(refused.code());
        Problem problem = Problem.of(type, refused.detail());
        if (refused instanceof InvalidRequest invalid) {
            problem = problem.withErrors(errorsOf(invalid));
        } else if (refused instanceof RunInProgress busy) {
            problem = problem.withRunId(busy.runId());
        } else if (refused instanceof QuotaExceeded exceeded) {
            return new Judged(type, problem.withLimits(LimitView.of(exceeded)), limitHeaders(exceeded));
        }
        if (refused.code() == FailureCode.SESSION_REQUIRED) {
            return new Judged(type, problem, Map.of("WWW-Authenticate", "Bearer"));
        }
        return new Judged(type, problem, retryHeaders(type.status(), refused.retryAfter()));
    }

    private static Map<String, String> limitHeaders(QuotaExceeded exceeded) {
        Map<String, String> headers = new LinkedHashMap<>();
        LimitHeaders.tell(exceeded.standings(), headers::put);
        headers.putAll(retryHeaders(0, exceeded.retryAfter()));
        return headers;
    }

    private static List<Problem.Flaw> errorsOf(InvalidRequest invalid) {
        return invalid.violations().stream()
                .map(violation -> new Problem.Flaw(violation.detail(), violation.pointer()))
                .toList();
    }

    private static Judged chosenByServer(HttpResponseException response) {
        ProblemType type = TransportFailure.ofStatus(response.getStatus());
        String allowed = response.getDetails().get("availableMethods");
        Map<String, String> headers = allowed == null ? Map.of() : Map.of("Allow", allowed);
        return Judged.of(type, type.meaning(), headers);
    }
}
