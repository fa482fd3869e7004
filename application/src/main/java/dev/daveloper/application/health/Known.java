package dev.daveloper.application.health;

import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.ComponentHealth.LastError;
import dev.daveloper.domain.health.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one component or of one of its servers. For one thread at a time. */
final class Known {
    private final String component;
    private final boolean vital;
    private final StateLog log = new StateLog();
    private Optional<LastError> lastError = Optional.empty();
    private @Nullable ComponentHealth latest;

    Known(String component, boolean vital) {
        this.component = component;
        this.vital = vital;
    }

    void note(Finding finding, String address, Instant at, Duration latency) {
        log.note(finding.status(), at);
        finding.error().map(error -> new LastError(error, at)).ifPresent(error -> lastError = Optional.of(error));
        latest = new ComponentHealth(
                component,
                vital,
                finding.status(),
                finding.detail(),
                address,
                at,
                log.timeline().since(),
                latency,
                lastError);
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
