package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.domain.health.ComponentHealth;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.health.HealthAnswer.Audience;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component in a report. All but the first three are for operators, and null for everybody else.
 *
 * @param time when it answered, or was last seen not to
 * @param since from when on it has this status
 * @param componentId where it is, for a server of several
 * @param observedValue how long it took to answer
 * @param output what is amiss; null when nothing is
 * @param lastError the latest failure, also when it is over
 * @param affectedEndpoints those that do not work, when it fails
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CheckView(
        String status,
        String time,
        String since,
        @Nullable String componentId,
        @Nullable Boolean vital,
        @Nullable Double observedValue,
        @Nullable String observedUnit,
        @Nullable String output,
        @Nullable ErrorView lastError,
        @Nullable List<String> affectedEndpoints) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    /** @param errorClass one of a few words, never what a library said */
    record ErrorView(String errorClass, String time) {
        static @Nullable ErrorView of(ComponentHealth component) {
            return component
                    .lastError()
                    .map(error ->
                            new ErrorView(error.kind().wireName(), error.at().toString()))
                    .orElse(null);
        }
    }

    static CheckView of(ComponentHealth component, Audience audience) {
        String status = component.status().wireName();
        String time = component.at().toString();
        String since = component.since().toString();
        if (audience == Audience.EVERYBODY) {
            return new CheckView(status, time, since, null, null, null, null, null, null, null);
        }
        return new CheckView(
                status,
                time,
                since,
                component.address(),
                component.vital(),
                millis(component.latency()),
                "ms",
                component.detail(),
                ErrorView.of(component),
                component.status() == Status.FAIL
                        ? Consequences.of(component.component()).endpoints()
                        : null);
    }

    /** To the microsecond. */
    static double millis(Duration latency) {
        return Math.rint(latency.toNanos() / NANOS_PER_MILLI * MICROS_PER_MILLI) / MICROS_PER_MILLI;
    }
}
