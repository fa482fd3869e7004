package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health as {@code application/health+json} (draft-inadarei-api-health-check-06) tells it.
 *
 * @param status of HTTP
 * @param body to be written as JSON
 */
public record HealthAnswer(int status, Object body) {
    public static final String MEDIA_TYPE = "application/health+json";

    /** How everything is. */
    public static HealthAnswer report(Health health) {
        Health.Report report = health.report();
        Map<String, List<CheckView>> checks = new LinkedHashMap<>();
        report.components().forEach(component -> checks.put(component.component(), List.of(CheckView.of(component))));
        return new HealthAnswer(
                httpStatus(report.status()), new ReportView(report.status().wireName(), checks));
    }

    /** The process answers, which is all there is to it. */
    public static HealthAnswer live() {
        return plain(Status.PASS);
    }

    /** Whether new work may come. */
    public static HealthAnswer ready(Health health) {
        return plain(health.ready() ? Status.PASS : Status.FAIL);
    }

    static HealthAnswer of(ComponentHealth component) {
        return new HealthAnswer(httpStatus(component.status()), CheckView.of(component));
    }

    private static HealthAnswer plain(Status status) {
        return new HealthAnswer(httpStatus(status), Map.of("status", status.wireName()));
    }

    private static int httpStatus(Status status) {
        return status == Status.FAIL ? 503 : 200;
    }

    private record ReportView(String status, Map<String, List<CheckView>> checks) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record CheckView(
            String status, String time, @Nullable String output) {
        static CheckView of(ComponentHealth component) {
            String output = component.detail().isEmpty() ? null : component.detail();
            return new CheckView(component.status().wireName(), component.at().toString(), output);
        }
    }
}
