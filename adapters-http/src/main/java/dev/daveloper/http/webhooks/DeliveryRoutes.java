package dev.daveloper.http.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.webhooks.Delivery;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.CursorText;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.PageQuery;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.webhooks.WebhookBodies.RecoverBody;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is on its way to receivers, for administrators: to look at, to count, to send again. */
final class DeliveryRoutes {
    /** What statistics are about, when nobody says since when. */
    private static final Duration STATS_SPAN = Duration.ofHours(24);

    private final Webhooks webhooks;
    private final Admins admins;
    private final Requests requests;
    private final Bodies bodies;
    private final JsonCodec json;
    private final InstantSource clock;

    DeliveryRoutes(Webhooks webhooks, HttpParts parts, InstantSource clock) {
        this.webhooks = webhooks;
        this.admins = parts.admins();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
        this.json = parts.json();
        this.clock = clock;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/webhooks/deliveries/{deliveryId}", this::find);
        routes.post(prefix + "/webhooks/deliveries/{deliveryId}/redeliver", ctx -> redeliver(ctx, prefix));
        routes.get(prefix + "/webhooks/{id}/deliveries", this::list, Input.READ);
        routes.get(prefix + "/webhooks/{id}/stats", this::stats, Input.READ);
        routes.post(prefix + "/webhooks/{id}/test", ctx -> test(ctx, prefix));
        routes.post(prefix + "/webhooks/{id}/recover", this::recover, Input.READ);
    }

    private void find(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(ctx, 200, DeliveryView.Detail.of(webhooks.delivery(deliveryOf(ctx)), json));
    }

    private void redeliver(Context ctx, String prefix) {
        admins.requireAdmin(ctx);
        accepted(ctx, prefix, webhooks.redeliver(deliveryOf(ctx)));
    }

    private void test(Context ctx, String prefix) {
        admins.requireAdmin(ctx);
        accepted(ctx, prefix, webhooks.test(WebhookRoutes.idOf(ctx)));
    }

    /** It will be sent, and what comes of it is to be seen there. */
    private void accepted(Context ctx, String prefix, Delivery delivery) {
        ctx.header("Location", prefix + "/webhooks/deliveries/" + delivery.id());
        bodies.write(ctx, 202, DeliveryView.of(delivery));
    }

    private void list(Context ctx) {
        DeliveryQuery query = requests.query(ctx, DeliveryQuery.class);
        admins.requireAdmin(ctx);
        bodies.write(
                ctx,
                200,
                DeliveryView.PageView.of(webhooks.deliveries(WebhookRoutes.idOf(ctx), query.only(), query.toPage())));
    }

    private void stats(Context ctx) {
        StatsQuery query = requests.query(ctx, StatsQuery.class);
        admins.requireAdmin(ctx);
        Instant now = clock.instant();
        Instant since = query.since() == null ? now.minus(STATS_SPAN) : WebhookReading.moment(query.since());
        bodies.write(ctx, 200, StatsView.of(webhooks.stats(WebhookRoutes.idOf(ctx), since), now));
    }

    private void recover(Context ctx) throws IOException {
        RecoverBody body = requests.read(ctx, Nothing.class, Nothing.class, RecoverBody.class)
                .body();
        admins.requireAdmin(ctx);
        Instant since = WebhookReading.moment(Objects.requireNonNull(body.since()));
        int recovered = webhooks.recover(WebhookRoutes.idOf(ctx), since);
        bodies.write(ctx, 202, new RecoveredView(recovered, recovered >= Webhooks.MAX_RECOVERED));
    }

    private static DeliveryId deliveryOf(Context ctx) {
        try {
            return new DeliveryId(ctx.pathParam("deliveryId"));
        } catch (InvalidValue e) {
            throw new NotFound("delivery");
        }
    }

    private record StatsQuery(@Nullable String since) {}

    /** @param more whether there may be more, so that it is worth asking again */
    private record RecoveredView(int recovered, boolean more) {}

    /** Which deliveries are asked for. A filter that is left empty does not filter. */
    private record DeliveryQuery(
            @Min(value = 1, message = PageQuery.LIMIT_RANGE)
            @Max(value = PageRequest.MAX_LIMIT, message = PageQuery.LIMIT_RANGE)
            @Nullable
            Integer limit,

            @CursorText @Nullable String cursor,

            @Pattern(
                    regexp = "|waiting|sending|delivered|dead",
                    message = "{name} must be waiting, sending, delivered or dead, not '{given}'.")
            @Nullable
            String state) {
        PageRequest toPage() {
            return new PageQuery(limit, cursor).toPage();
        }

        Optional<DeliveryState.Kind> only() {
            return Arrays.stream(DeliveryState.Kind.values())
                    .filter(kind -> kind.wireName().equals(state))
                    .findFirst();
        }
    }
}
