package dev.daveloper.http.failures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.http.ratelimits.LimitView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem object (RFC 9457), the one form in which a failure is told, over REST, server-sent events and WebSocket.
 *
 * @param detail what went wrong this time, for people
 * @param instance the path that was asked for
 * @param traceId under which the operator finds it
 * @param errors the broken rules of an invalid request
 * @param runId the run it is about
 * @param violatedPolicies the rate limits that refuse, by the IETF draft of the {@code RateLimit} header fields
 * @param limits how the caller stands with each rate limit, which the headers say too where there are any
 */
@JsonPropertyOrder({
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "traceId",
    "errors",
    "runId",
    "violated-policies",
    "limits"
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable String traceId,
        List<Flaw> errors,
        @Nullable String runId,
        @JsonProperty("violated-policies") List<String> violatedPolicies,
        List<LimitView> limits) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One broken rule.
     *
     * @param pointer where: a JSON Pointer as a URI fragment
     */
    public record Flaw(String detail, String pointer) {}

    static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                null,
                type.code(),
                null,
                List.of(),
                null,
                List.of(),
                List.of());
    }

    /** Why a run ended as it did. */
    public static Problem of(Failure failure) {
        return of(ProblemType.of(failure.code()), failure.detail());
    }

    public Problem withRunId(@Nullable String run) {
        return new Problem(type, title, status, detail, instance, code, traceId, errors, run, violatedPolicies, limits);
    }

    Problem withLimits(List<LimitView> standings) {
        List<String> violated = standings.stream()
                .filter(LimitView::refuses)
                .map(LimitView::policy)
                .toList();
        return new Problem(type, title, status, detail, instance, code, traceId, errors, runId, violated, standings);
    }

    Problem withErrors(List<Flaw> newErrors) {
        return new Problem(
                type, title, status, detail, instance, code, traceId, newErrors, runId, violatedPolicies, limits);
    }

    public Problem at(@Nullable String path, String trace) {
        return new Problem(type, title, status, detail, path, code, trace, errors, runId, violatedPolicies, limits);
    }
}
