package dev.daveloper.http.graphql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.DeliveryState;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.webhooks.DeliveryView;
import dev.daveloper.http.webhooks.DeliveryView.AttemptView;
import dev.daveloper.http.webhooks.EventCatalogue;
import dev.daveloper.http.webhooks.StatsView;
import dev.daveloper.http.webhooks.WebhookDesk;
import dev.daveloper.http.webhooks.WebhookView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Webhooks, for administrators; none of them where there are no webhooks. */
final class WebhookFields implements Fields {
    /** What statistics are about, when nobody says since when. */
    private static final Duration STATS_SPAN = Duration.ofHours(24);

    private final Supplier<Webhooks> webhooks;
    private final Supplier<WebhookDesk> desk;
    private final Inputs inputs;
    private final Refusals refusals;
    private final JsonCodec json;
    private final InstantSource clock;

    WebhookFields(HttpParts parts, Refusals refusals, Inputs inputs, InstantSource clock) {
        Optional<Webhooks> known = parts.ports().webhooks();
        Optional<WebhookDesk> its = known.map(port -> new WebhookDesk(port, parts.binder()));
        this.webhooks = () -> known.orElseThrow(() -> new NotFound("webhook"));
        this.desk = () -> its.orElseThrow(() -> new NotFound("webhook"));
        this.inputs = inputs;
        this.refusals = refusals;
        this.json = parts.json();
        this.clock = clock;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Query",
                type -> type.dataFetcher("webhooks", environment -> all())
                        .dataFetcher(
                                "webhook", environment -> view(webhooks.get().find(endpoint(environment))))
                        .dataFetcher("webhookDelivery", this::delivery)
                        .dataFetcher("webhookEventTypes", environment -> types()));
        wiring.type(
                "Webhook",
                type -> type.dataFetcher("deliveries", this::deliveries).dataFetcher("stats", this::stats));
        wiring.type(
                "WebhookDelivery",
                type -> type.dataFetcher(
                                "attemptCount",
                                environment -> deliveryOf(environment).attempts())
                        .dataFetcher("payload", environment -> detail(environment, this::payload))
                        .dataFetcher("attempts", environment -> detail(environment, WebhookFields::attempts)));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("createWebhook", refusals.given(this::create))
                        .dataFetcher("changeWebhook", refusals.given(this::change))
                        .dataFetcher("deleteWebhook", refusals.given(this::delete))
                        .dataFetcher("rotateWebhookSecret", refusals.given(this::rotate))
                        .dataFetcher("testWebhook", refusals.given(this::test))
                        .dataFetcher("redeliverWebhook", refusals.given(this::redeliver))
                        .dataFetcher("recoverWebhook", refusals.given(this::recover)));
    }

    private WebhookView view(Endpoint endpoint) {
        return WebhookView.of(endpoint, clock.instant());
    }

    private List<WebhookView> all() {
        return webhooks.get().list().stream().map(this::view).toList();
    }

    WebhookView find(EndpointId id) {
        return view(webhooks.get().find(id));
    }

    DeliveryView find(DeliveryId id) {
        return DeliveryView.of(webhooks.get().delivery(id).delivery());
    }

    private DeliveryView delivery(DataFetchingEnvironment environment) {
        return find(Given.id(environment, "delivery", DeliveryId::new));
    }

    private List<Map<String, Object>> types() {
        return EventCatalogue.all().stream()
                .map(entry -> Map.<String, Object>of(
                        "type", entry.type().wireName(),
                        "version", entry.type().version(),
                        "meaning", entry.type().meaning(),
                        "schema", json.map(entry.schema()),
                        "example", json.map(entry.example())))
                .toList();
    }

    private Map<String, Object> deliveries(DataFetchingEnvironment environment) {
        Optional<DeliveryState.Kind> only = Given.optional(environment, "state", String.class)
                .flatMap(name -> Arrays.stream(DeliveryState.Kind.values())
                        .filter(kind -> kind.wireName().equals(name))
                        .findFirst());
        EndpointId id =
                new EndpointId(Given.source(environment, WebhookView.class).id());
        return Connections.of(webhooks.get().deliveries(id, only, Connections.pageOf(environment)), DeliveryView::of);
    }

    private Map<String, Object> stats(DataFetchingEnvironment environment) {
        EndpointId id =
                new EndpointId(Given.source(environment, WebhookView.class).id());
        Instant now = clock.instant();
        Instant since = Given.optional(environment, "since", Instant.class).orElse(now.minus(STATS_SPAN));
        Map<String, Object> fields = inputs.fieldsOf(StatsView.of(webhooks.get().stats(id, since), now));
        if (fields.get("attempts") instanceof Map<?, ?> attempts) {
            fields.put(
                    "attempts",
                    attempts.entrySet().stream()
                            .map(each -> Map.of("trouble", each.getKey(), "count", each.getValue()))
                            .toList());
        }
        return fields;
    }

    private static DeliveryView deliveryOf(DataFetchingEnvironment environment) {
        return Given.source(environment, DeliveryView.class);
    }

    /** What lies apart, read once for all the fields that are made of it. */
    private static CompletableFuture<Object> detail(
            DataFetchingEnvironment environment, Function<DeliveryQueue.Known, Object> made) {
        return Loaders.<DeliveryQueue.Known>of(environment, Loaders.DELIVERIES)
                .load(deliveryOf(environment).id(), environment)
                .thenApply(made);
    }

    private Object payload(DeliveryQueue.Known known) {
        return json.map(json.readObject(known.event().body()));
    }

    private static Object attempts(DeliveryQueue.Known known) {
        return known.attempts().stream().map(AttemptView::of).toList();
    }

    private Object create(DataFetchingEnvironment environment) {
        return withSecret(desk.get().create(wishOf(environment)));
    }

    private Object change(DataFetchingEnvironment environment) {
        return view(desk.get().change(endpoint(environment), version(environment), wishOf(environment)));
    }

    private Object delete(DataFetchingEnvironment environment) {
        webhooks.get().delete(endpoint(environment), version(environment));
        return Done.DONE;
    }

    private Object rotate(DataFetchingEnvironment environment) {
        ObjectNode wish = inputs.only(environment, "secret", "overlapSeconds");
        return withSecret(desk.get().rotate(endpoint(environment), version(environment), wish));
    }

    private Object test(DataFetchingEnvironment environment) {
        return DeliveryView.of(webhooks.get().test(endpoint(environment)));
    }

    private Object redeliver(DataFetchingEnvironment environment) {
        String id = Given.text(environment, "deliveryId");
        return DeliveryView.of(webhooks.get().redeliver(Names.of("delivery", DeliveryId::new, id)));
    }

    private Object recover(DataFetchingEnvironment environment) {
        Instant since = Given.argument(environment, "since", Instant.class);
        int recovered = webhooks.get().recover(endpoint(environment), since);
        return new Typed(
                "RecoveredWebhook", Map.of("recovered", recovered, "more", recovered >= Webhooks.MAX_RECOVERED));
    }

    private Typed withSecret(Endpoint endpoint) {
        String secret = endpoint.signing().current().reveal();
        return new Typed("WebhookSecret", Map.of("webhook", view(endpoint), "secret", secret));
    }

    /** A list of headers is an object of them, as the API's bodies have it. */
    private ObjectNode wishOf(DataFetchingEnvironment environment) {
        ObjectNode wish = inputs.input(environment);
        if (wish.get("headers") instanceof ArrayNode list) {
            ObjectNode headers = wish.objectNode();
            list.forEach(header -> headers.set(header.get("name").textValue(), header.get("value")));
            wish.set("headers", headers);
        }
        return wish;
    }

    private static EndpointId endpoint(DataFetchingEnvironment environment) {
        return Given.id(environment, "webhook", EndpointId::new);
    }

    private static Optional<Long> version(DataFetchingEnvironment environment) {
        return Given.optional(environment, "version", Long.class);
    }
}
