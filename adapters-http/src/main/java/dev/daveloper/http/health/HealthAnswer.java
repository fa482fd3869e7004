package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Readiness;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Health as {@code application/health+json} (draft-inadarei-api-health-check-06) tells it.
 *
 * @param status of HTTP
 * @param body to be written as JSON
 */
public record HealthAnswer(int status, Object body) {
    public static final String MEDIA_TYPE = "application/health+json";

    /** That of the jar, and so of the whole program. */
    private static final String VERSION = Optional.ofNullable(
                    HealthAnswer.class.getPackage().getImplementationVersion())
            .orElse("in development");

    /** Who is told: everybody whether it works, operators why it does not. */
    public enum Audience {
        EVERYBODY,
        OPERATORS
    }

    /** How everything is. */
    public static HealthAnswer report(Health health, Audience audience) {
        Health.Report report = health.report();
        Map<String, List<CheckView>> checks = new LinkedHashMap<>();
        report.components()
                .forEach(component -> checks.put(component.component(), List.of(CheckView.of(component, audience))));
        return new HealthAnswer(
                httpStatus(report.status()), new ReportView(report.status().wireName(), VERSION, checks));
    }

    /** The process answers, which is all there is to it. */
    public static HealthAnswer live() {
        return new HealthAnswer(200, Map.of("status", Status.PASS.wireName()));
    }

    /** Whether new work may come, and what does not work meanwhile. */
    public static HealthAnswer ready(Health health) {
        Readiness readiness = health.readiness();
        List<String> notes = readiness.away().stream()
                .map(component -> component + ": " + Consequences.of(component).note())
                .toList();
        return new HealthAnswer(
                readiness.mode().takesWork() ? 200 : 503,
                new ReadinessView(
                        readiness.status().wireName(), readiness.mode().wireName(), notes));
    }

    /** How one of them is; empty when there is none of this name. */
    public static Optional<HealthAnswer> of(Health health, String component, Audience audience) {
        return health.report().components().stream()
                .filter(known -> known.component().equals(component))
                .findFirst()
                .map(known -> answer(known, audience));
    }

    private static HealthAnswer answer(ComponentHealth component, Audience audience) {
        return new HealthAnswer(httpStatus(component.status()), CheckView.of(component, audience));
    }

    private static int httpStatus(Status status) {
        return status == Status.FAIL ? 503 : 200;
    }

    /** @param version of the program; what everybody may know, for whoever looks at a node after an upgrade */
    private record ReportView(String status, String version, Map<String, List<CheckView>> checks) {}

    /** @param notes one for each component that fails; absent when none does */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record ReadinessView(String status, String mode, List<String> notes) {}
}
