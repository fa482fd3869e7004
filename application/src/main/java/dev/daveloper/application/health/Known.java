package dev.daveloper.application.health;

import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.ComponentHealth.LastError;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of one component or of one of its servers. For one thread at a time. */
final class Known {
    private final String component;
    private final boolean vital;
    private final Consumer<GatewayEvent.HealthChanged> changes;
    private final StateLog log = new StateLog();
    private Optional<LastError> lastError = Optional.empty();
    private @Nullable ComponentHealth latest;

    /** @param changes hears when it is better or worse than before; of the first finding, when it is not well */
    Known(String component, boolean vital, Consumer<GatewayEvent.HealthChanged> changes) {
        this.component = component;
        this.vital = vital;
        this.changes = changes;
    }

    void note(Finding finding, String address, Instant at, Duration latency) {
        Status before = latest == null ? Status.PASS : latest.status();
        log.note(finding.status(), at);
        finding.error().map(error -> new LastError(error, at)).ifPresent(error -> lastError = Optional.of(error));
        ComponentHealth now = new ComponentHealth(
                component,
                vital,
                finding.status(),
                finding.detail(),
                address,
                at,
                log.timeline().since(),
                latency,
                lastError);
        latest = now;
        if (finding.status() != before) {
            changes.accept(new GatewayEvent.HealthChanged(now, before, at));
        }
    }

    /** As long as it does not answer, that is noted again, with what it said when it did not. */
    void noteSilence(Instant at, Duration waited) {
        String detail = "No answer within " + HealthService.MAX_PROBE.toMillis() + " ms.";
        note(Finding.failing(ErrorClass.TIMEOUT, detail), latest == null ? "" : latest.address(), at, waited);
    }

    /** Empty before anything was noted. */
    Optional<ComponentHealth> latest() {
        return Optional.ofNullable(latest);
    }

    /** Only once something was noted. */
    Timeline timeline() {
        return log.timeline();
    }
}
