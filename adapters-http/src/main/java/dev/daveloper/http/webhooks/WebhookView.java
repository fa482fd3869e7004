package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receiver, as administrators see it.
 *
 * @param eventTypes none of them means all
 * @param headers their names alone
 * @param disabledReason absent while it is enabled, as is since when
 * @param oldSecretUntil until when the secret before signs as well; absent when it does not
 * @param secret only where it was just made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
        String id,
        String url,
        String description,
        List<String> eventTypes,
        @Nullable String sessionId,
        List<String> headers,
        @Nullable Integer perSecond,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable String disabledAt,
        @Nullable String oldSecretUntil,
        String createdAt,
        String changedAt,
        long version,
        @Nullable String secret) {
    public static WebhookView of(Endpoint endpoint, Instant now) {
        Standing.Disabled disabled = endpoint.standing() instanceof Standing.Disabled off ? off : null;
        Signing signing = endpoint.signing();
        return new WebhookView(
                endpoint.id().value(),
                endpoint.url().toString(),
                endpoint.description(),
                endpoint.subscription().types().stream()
                        .map(EventType::wireName)
                        .sorted()
                        .toList(),
                endpoint.subscription().session().map(SessionId::value).orElse(null),
                endpoint.headers().byName().keySet().stream().sorted().toList(),
                endpoint.perSecond().isPresent() ? endpoint.perSecond().getAsInt() : null,
                endpoint.isEnabled(),
                disabled == null ? null : disabled.reason().wireName(),
                disabled == null ? null : disabled.at().toString(),
                signing.isRotating(now) ? signing.previousUntil().toString() : null,
                endpoint.createdAt().toString(),
                endpoint.changedAt().toString(),
                endpoint.version(),
                null);
    }

    /** The same, with its secret. */
    public WebhookView with(SigningSecret shown) {
        return new WebhookView(
                id,
                url,
                description,
                eventTypes,
                sessionId,
                headers,
                perSecond,
                enabled,
                disabledReason,
                disabledAt,
                oldSecretUntil,
                createdAt,
                changedAt,
                version,
                shown.reveal());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookView[" + id + "]";
    }
}
