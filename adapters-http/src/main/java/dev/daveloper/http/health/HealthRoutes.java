package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Health as {@code application/health+json} (draft-inadarei-api-health-check-06) tells it. */
public final class HealthRoutes {
    private static final String MEDIA_TYPE = "application/health+json";

    private final Health health;
    private final Bodies bodies;

    public HealthRoutes(Health health, Bodies bodies) {
        this.health = health;
        this.bodies = bodies;
    }

    public void register(RoutesConfig routes, String prefix) {
        // HEAD as well: a load balancer that asks so must see the status, not a blank 200.
        route(routes, prefix + "/health", this::report);
        route(routes, prefix + "/health/live", ctx -> answer(ctx, Status.PASS));
        route(routes, prefix + "/health/ready", ctx -> answer(ctx, health.ready() ? Status.PASS : Status.FAIL));
        route(routes, prefix + "/health/{component}", this::component);
    }

    private static void route(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler, Input.IGNORED);
        routes.head(path, handler, Input.IGNORED);
    }

    private void report(Context ctx) {
        Health.Report report = health.report();
        Map<String, List<CheckView>> checks = new LinkedHashMap<>();
        report.components().forEach(component -> checks.put(component.component(), List.of(CheckView.of(component))));
        bodies.write(
                ctx,
                httpStatus(report.status()),
                MEDIA_TYPE,
                new ReportView(report.status().wireName(), checks));
    }

    private void component(Context ctx) {
        String name = ctx.pathParam("component");
        ComponentHealth found = health.report().components().stream()
                .filter(component -> component.component().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("component"));
        bodies.write(ctx, httpStatus(found.status()), MEDIA_TYPE, CheckView.of(found));
    }

    private void answer(Context ctx, Status status) {
        bodies.write(ctx, httpStatus(status), MEDIA_TYPE, Map.of("status", status.wireName()));
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
