package dev.daveloper.http.health;

import dev.daveloper.application.health.in.Health;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.health.HealthAnswer.Audience;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.security.Admins;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Says how the gateway is, and each of what it depends on: to everybody whether, to administrators why. */
public final class HealthRoutes {
    /** As long as a report is given again anyway. */
    private static final String KEPT = "public, max-age=1";

    private final Health health;
    private final Admins admins;
    private final Bodies bodies;

    public HealthRoutes(HttpParts parts) {
        this.health = parts.ports().health();
        this.admins = parts.admins();
        this.bodies = parts.bodies();
    }

    public void register(RoutesConfig routes, String prefix) {
        // HEAD as well: a load balancer that asks so must see the status, not a blank 200.
        route(routes, prefix + "/health", ctx -> answer(ctx, HealthAnswer.report(health, audience(ctx))));
        route(routes, prefix + "/health/live", ctx -> write(ctx, HealthAnswer.live()));
        route(routes, prefix + "/health/ready", ctx -> answer(ctx, HealthAnswer.ready(health)));
        route(routes, prefix + "/health/{component}", this::component);
    }

    private static void route(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler, Input.IGNORED);
        routes.head(path, handler, Input.IGNORED);
    }

    /** A key that opens nothing is passed over: a prober whose key has changed must not take a node out of service. */
    private Audience audience(Context ctx) {
        return admins.nameOf(ctx.req()).isPresent() ? Audience.OPERATORS : Audience.EVERYBODY;
    }

    private void component(Context ctx) {
        answer(
                ctx,
                HealthAnswer.of(health, ctx.pathParam("component"), audience(ctx))
                        .orElseThrow(() -> new NotFound("component")));
    }

    /** What is bad news, or for administrators, is not kept by anybody. */
    private void answer(Context ctx, HealthAnswer answer) {
        ctx.res().addHeader("Vary", "Authorization");
        if (answer.status() == 200 && audience(ctx) == Audience.EVERYBODY) {
            ctx.header("Cache-Control", KEPT);
        }
        write(ctx, answer);
    }

    private void write(Context ctx, HealthAnswer answer) {
        bodies.write(ctx, answer.status(), HealthAnswer.MEDIA_TYPE, answer.body());
    }
}
