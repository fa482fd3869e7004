package dev.daveloper.http.health;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Says how the gateway is, and each of what it depends on. */
public final class HealthRoutes {
    private final Health health;
    private final Bodies bodies;

    public HealthRoutes(Health health, Bodies bodies) {
        this.health = health;
        this.bodies = bodies;
    }

    public void register(RoutesConfig routes, String prefix) {
        // HEAD as well: a load balancer that asks so must see the status, not a blank 200.
        route(routes, prefix + "/health", ctx -> answer(ctx, HealthAnswer.report(health)));
        route(routes, prefix + "/health/live", ctx -> answer(ctx, HealthAnswer.live()));
        route(routes, prefix + "/health/ready", ctx -> answer(ctx, HealthAnswer.ready(health)));
        route(routes, prefix + "/health/{component}", this::component);
    }

    private static void route(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler, Input.IGNORED);
        routes.head(path, handler, Input.IGNORED);
    }

    private void component(Context ctx) {
        String name = ctx.pathParam("component");
        ComponentHealth found = health.report().components().stream()
                .filter(component -> component.component().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound("component"));
        answer(ctx, HealthAnswer.of(found));
    }

    private void answer(Context ctx, HealthAnswer answer) {
        bodies.write(ctx, answer.status(), HealthAnswer.MEDIA_TYPE, answer.body());
    }
}
