package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.http.requests.NameText;
import dev.daveloper.http.requests.WellFormedId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What administrators say of webhooks. */
final class WebhookBodies {
    /** {@link Webhooks#MAX_OVERLAP}, where a constant is needed. */
    static final long MAX_OVERLAP_SECONDS = 7 * 24 * 3_600;

    private static final String RATE = "perSecond must be from 1 to " + Endpoint.MAX_PER_SECOND + ", not {given}.";
    private static final String TYPES = "{name} must have at most {max} items.";
    private static final String OVERLAP = "overlapSeconds must be from 0 to " + MAX_OVERLAP_SECONDS + ", not {given}.";
    private static final int MAX_TYPES = 50;

    private WebhookBodies() {}

    record NewBody(
            @NotBlank(message = "{name} must not be missing.") @Nullable
            String url,

            @NameText(max = Endpoint.MAX_DESCRIPTION_CHARS) @Nullable
            String description,

            @Size(max = MAX_TYPES, message = TYPES) @Nullable
            List<String> eventTypes,

            @WellFormedId(prefix = SessionId.PREFIX) @Nullable
            String sessionId,

            @Nullable ObjectNode headers,

            @Min(value = 1, message = RATE) @Max(value = Endpoint.MAX_PER_SECOND, message = RATE) @Nullable
            Integer perSecond,

            @Nullable Boolean enabled,

            @Nullable String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewBody[" + url + "]";
        }
    }

    /** As {@link NewBody}; what is absent stays as it is. */
    record ChangeBody(
            @Nullable String url,

            @NameText(max = Endpoint.MAX_DESCRIPTION_CHARS) @Nullable
            String description,

            @Size(max = MAX_TYPES, message = TYPES) @Nullable
            List<String> eventTypes,

            @WellFormedId(prefix = SessionId.PREFIX) @Nullable
            String sessionId,

            @Nullable ObjectNode headers,

            @Min(value = 1, message = RATE) @Max(value = Endpoint.MAX_PER_SECOND, message = RATE) @Nullable
            Integer perSecond,

            @Nullable Boolean enabled) {
        /** Without the values of headers. */
        @Override
        public String toString() {
            return "ChangeBody[" + url + "]";
        }
    }

    record RotateBody(
            @Nullable String secret,

            @Min(value = 0, message = OVERLAP) @Max(value = MAX_OVERLAP_SECONDS, message = OVERLAP) @Nullable
            Integer overlapSeconds) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "RotateBody[" + overlapSeconds + "]";
        }
    }

    record RecoverBody(
            @NotBlank(message = "{name} must not be missing.") @Nullable
            String since) {}
}
