package dev.daveloper.http.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.EntityTags;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Patch;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.webhooks.WebhookBodies.ChangeBody;
import dev.daveloper.http.webhooks.WebhookBodies.NewBody;
import dev.daveloper.http.webhooks.WebhookBodies.RotateBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The receivers of webhooks, for administrators: added, looked at, changed, given new secrets, removed. A secret is
 * shown by the answer that made it and never again, and neither are the values of headers.
 */
final class WebhookRoutes {
    private final Webhooks webhooks;
    private final WebhookDesk desk;
    private final Admins admins;
    private final Requests requests;
    private final Bodies bodies;
    private final InstantSource clock;

    WebhookRoutes(Webhooks webhooks, HttpParts parts, InstantSource clock) {
        this.webhooks = webhooks;
        this.desk = new WebhookDesk(webhooks, parts.binder());
        this.admins = parts.admins();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
        this.clock = clock;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/webhooks", ctx -> create(ctx, prefix), Input.READ);
        routes.get(prefix + "/webhooks", this::list);
        routes.get(prefix + "/webhooks/{id}", this::find);
        routes.patch(prefix + "/webhooks/{id}", this::change, Input.READ);
        routes.delete(prefix + "/webhooks/{id}", this::delete);
        routes.post(prefix + "/webhooks/{id}/rotate-secret", this::rotate, Input.READ);
    }

    private void create(Context ctx, String prefix) throws IOException {
        NewBody body =
                requests.read(ctx, Nothing.class, Nothing.class, NewBody.class).body();
        admins.requireAdmin(ctx);
        Endpoint created = desk.create(body);
        ctx.header("Location", prefix + "/webhooks/" + created.id());
        write(ctx, 201, created, true);
    }

    private void list(Context ctx) {
        admins.requireAdmin(ctx);
        List<WebhookView> items = webhooks.list().stream()
                .map(endpoint -> WebhookView.of(endpoint, clock.instant()))
                .toList();
        bodies.write(ctx, 200, new WebhookList(items));
    }

    private void find(Context ctx) {
        admins.requireAdmin(ctx);
        Endpoint endpoint = webhooks.find(idOf(ctx));
        String etag = etagOf(endpoint);
        if (EntityTags.isHeld(ctx.req(), etag)) {
            ctx.header("ETag", etag);
            ctx.status(304);
            return;
        }
        write(ctx, 200, endpoint, false);
    }

    private void change(Context ctx) throws IOException {
        Patch<ChangeBody> wish = requests.readPatch(ctx, ChangeBody.class);
        admins.requireAdmin(ctx);
        EndpointId id = idOf(ctx);
        write(ctx, 200, desk.change(id, wanted(ctx, id), wish), false);
    }

    private void delete(Context ctx) {
        admins.requireAdmin(ctx);
        EndpointId id = idOf(ctx);
        webhooks.delete(id, wanted(ctx, id));
        ctx.status(204);
    }

    private void rotate(Context ctx) throws IOException {
        RotateBody body = requests.bodyIfAny(ctx, RotateBody.class);
        admins.requireAdmin(ctx);
        EndpointId id = idOf(ctx);
        write(ctx, 200, desk.rotate(id, wanted(ctx, id), body), true);
    }

    /** The version that the caller names, which is the one that there is; empty when it names none. */
    private Optional<Long> wanted(Context ctx, EndpointId id) {
        Endpoint now = webhooks.find(id);
        EntityTags.requireWanted(ctx.req(), etagOf(now), "webhook");
        return EntityTags.namesVersion(ctx.req()) ? Optional.of(now.version()) : Optional.empty();
    }

    private void write(Context ctx, int status, Endpoint endpoint, boolean withSecret) {
        WebhookView view = WebhookView.of(endpoint, clock.instant());
        ctx.header("ETag", etagOf(endpoint));
        bodies.write(ctx, status, withSecret ? view.with(endpoint.signing().current()) : view);
    }

    private static String etagOf(Endpoint endpoint) {
        return EntityTags.of(Long.toString(endpoint.version()));
    }

    /** An id that cannot be one names nothing, as one that is unknown. */
    static EndpointId idOf(Context ctx) {
        try {
            return new EndpointId(ctx.pathParam("id"));
        } catch (InvalidValue e) {
            throw new NotFound("webhook");
        }
    }

    private record WebhookList(List<WebhookView> items) {}
}
