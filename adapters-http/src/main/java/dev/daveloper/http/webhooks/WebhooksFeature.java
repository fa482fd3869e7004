package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.Admins;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of webhooks; none where there are no webhooks. */
public final class WebhooksFeature {
    private final HttpParts parts;
    private final Admins admins;
    private final Bodies bodies;

    public WebhooksFeature(HttpParts parts) {
        this.parts = parts;
        this.admins = parts.admins();
        this.bodies = parts.bodies();
    }

    public void register(RoutesConfig routes, String prefix) {
        parts.ports().webhooks().ifPresent(webhooks -> {
            // Before those with an id in the same place.
            routes.get(prefix + "/webhooks/event-types", this::eventTypes);
            new DeliveryRoutes(webhooks, parts, InstantSource.system()).register(routes, prefix);
            new WebhookRoutes(webhooks, parts, InstantSource.system()).register(routes, prefix);
        });
    }

    private void eventTypes(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(
                ctx,
                200,
                new TypeList(Arrays.stream(EventType.values()).map(TypeView::of).toList()));
    }

    private record TypeList(List<TypeView> items) {}

    /**
     * @param schema JSON Schema of the whole body
     * @param example of a body
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record TypeView(
            String type,
            int version,
            String meaning,
            @Nullable ObjectNode schema,
            @Nullable ObjectNode example) {
        static TypeView of(EventType type) {
            return new TypeView(type.wireName(), type.version(), type.meaning(), null, null);
        }
    }
}
