package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.http.requests.Patch;
import dev.daveloper.http.requests.Violations;
import dev.daveloper.http.webhooks.WebhookBodies.ChangeBody;
import dev.daveloper.http.webhooks.WebhookBodies.NewBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of what administrators say what the core takes, and names all at once what cannot be. */
final class WebhookReading {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Webhooks webhooks;

    WebhookReading(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    Webhooks.NewEndpoint newEndpoint(NewBody body) {
        Violations violations = new Violations();
        Optional<EndpointUrl> url = read(violations, "#/url", () -> webhooks.urlOf(Objects.requireNonNull(body.url())));
        Set<EventType> types = types(body.eventTypes(), violations);
        CustomHeaders headers = headers(CustomHeaders.NONE, body.headers(), violations);
        Optional<SigningSecret> secret = secret(body.secret(), violations);
        violations.refuseAny();
        return new Webhooks.NewEndpoint(
                url.orElseThrow(),
                body.description() == null ? "" : body.description(),
                new Subscription(types, Optional.ofNullable(body.sessionId()).map(SessionId::new)),
                headers,
                rate(body.perSecond()),
                !Boolean.FALSE.equals(body.enabled()),
                secret);
    }

    /** @param now what is merged with */
    Webhooks.Change change(Endpoint now, Patch<ChangeBody> wish) {
        ChangeBody body = wish.body();
        Violations violations = new Violations();
        for (String needed : List.of("url", "enabled")) {
            if (wish.clears(needed)) {
                violations.add("#/" + needed, needed + " must not be null.");
            }
        }
        Optional<EndpointUrl> url =
                Optional.ofNullable(body.url()).flatMap(text -> read(violations, "#/url", () -> webhooks.urlOf(text)));
        Optional<Subscription> subscription = subscription(now.subscription(), wish, violations);
        Optional<CustomHeaders> headers = body.headers() == null
                ? wish.clears("headers") ? Optional.of(CustomHeaders.NONE) : Optional.empty()
                : Optional.of(headers(now.headers(), body.headers(), violations));
        violations.refuseAny();
        return new Webhooks.Change(
                url,
                wish.clears("description") ? Optional.of("") : Optional.ofNullable(body.description()),
                subscription,
                headers,
                body.perSecond() != null || wish.clears("perSecond")
                        ? Optional.of(rate(body.perSecond()))
                        : Optional.empty(),
                Optional.ofNullable(body.enabled()));
    }

    private static Optional<Subscription> subscription(
            Subscription now, Patch<ChangeBody> wish, Violations violations) {
        ChangeBody body = wish.body();
        boolean types = body.eventTypes() != null || wish.clears("eventTypes");
        boolean session = body.sessionId() != null || wish.clears("sessionId");
        if (!types && !session) {
            return Optional.empty();
        }
        return Optional.of(new Subscription(
                types ? types(body.eventTypes(), violations) : now.types(),
                session ? Optional.ofNullable(body.sessionId()).map(SessionId::new) : now.session()));
    }

    /** @throws InvalidRequest when it is none */
    Optional<SigningSecret> secret(@Nullable String given) {
        Violations violations = new Violations();
        Optional<SigningSecret> secret = secret(given, violations);
        violations.refuseAny();
        return secret;
    }

    private static Optional<SigningSecret> secret(@Nullable String given, Violations violations) {
        return Optional.ofNullable(given).flatMap(text -> read(violations, "#/secret", () -> SigningSecret.of(text)));
    }

    private static Set<EventType> types(@Nullable List<String> given, Violations violations) {
        Set<EventType> types = new HashSet<>();
        int index = 0;
        for (String name : given == null ? List.<String>of() : given) {
            read(violations, "#/eventTypes/" + index++, () -> EventType.of(name))
                    .ifPresent(types::add);
        }
        return types;
    }

    /** A header that is given is set, one that is null is removed, others stay (RFC 7396). */
    private static CustomHeaders headers(CustomHeaders now, @Nullable ObjectNode given, Violations violations) {
        if (given == null) {
            return now;
        }
        Map<String, String> set = new HashMap<>();
        Set<String> removed = new HashSet<>();
        for (Map.Entry<String, JsonNode> header : given.properties()) {
            if (header.getValue().isTextual()) {
                set.put(header.getKey(), header.getValue().textValue());
            } else if (header.getValue().isNull()) {
                removed.add(header.getKey().toLowerCase(Locale.ROOT));
            } else {
                violations.add("#/headers", "headers must have strings as values.");
            }
        }
        now.byName().forEach((name, value) -> {
            boolean replaced = set.keySet().stream().anyMatch(name::equalsIgnoreCase);
            if (!replaced && !removed.contains(name)) {
                set.put(name, value);
            }
        });
        return read(violations, "#/headers", () -> new CustomHeaders(set)).orElse(now);
    }

    private static OptionalInt rate(@Nullable Integer given) {
        return given == null ? OptionalInt.empty() : OptionalInt.of(given);
    }

    /** @throws InvalidRequest when it is no moment */
    static Instant moment(String text) {
        try {
            Instant moment = Instant.parse(text);
            if (!moment.isBefore(Instant.EPOCH) && !moment.isAfter(LATEST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new InvalidRequest("#/since", "since must be a moment in UTC, such as 2026-01-02T03:04:05Z.");
    }

    private static <T> Optional<T> read(Violations violations, String pointer, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (InvalidValue e) {
            violations.add(pointer, e.detail());
            return Optional.empty();
        }
    }
}
