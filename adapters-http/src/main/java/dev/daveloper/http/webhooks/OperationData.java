package dev.daveloper.http.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.Endpoint;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What those who operate the gateway are told. */
final class OperationData {
    private OperationData() {}

    static LimitData of(GatewayEvent.LimitExceeded exceeded) {
        return new LimitData(
                exceeded.policy(),
                exceeded.refused(),
                exceeded.since().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** What is amiss and where is for administrators who ask, not for whoever receives. */
    static HealthData of(GatewayEvent.HealthChanged changed) {
        return new HealthData(
                changed.now().component(),
                changed.now().status().wireName(),
                changed.before().wireName(),
                changed.now().vital(),
                changed.now().lastError().map(error -> error.kind().wireName()).orElse(null));
    }

    static DisabledData of(GatewayEvent.EndpointDisabled disabled) {
        Endpoint endpoint = disabled.endpoint();
        return new DisabledData(
                endpoint.id().value(),
                endpoint.url().toString(),
                endpoint.description(),
                disabled.reason().wireName());
    }

    /** @param refused how many calls, by one node */
    record LimitData(String policy, long refused, String since) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HealthData(
            String component,
            String status,
            String before,
            boolean vital,
            @Nullable String errorClass) {}

    record DisabledData(String endpointId, String url, String description, String reason) {}

    record TestData(String endpointId) {}
}
