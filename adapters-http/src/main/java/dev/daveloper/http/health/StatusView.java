package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Timeline;
import dev.daveloper.domain.health.ComponentHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How everything is at one moment.
 *
 * @param since when it became so
 * @param startedAt when the process was started
 * @param details for administrators; null for everybody else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusView(
        String type,
        String at,
        String status,
        String since,
        String startedAt,
        List<ComponentView> components,
        @Nullable DetailsView details) {
    static final String TYPE = "status.snapshot";

    private static final Duration LOOKED_BACK = Duration.ofHours(1);

    static StatusView of(Health.History history, Instant startedAt, Instant at) {
        return new StatusView(
                TYPE,
                at.toString(),
                history.report().status().wireName(),
                history.whole().since().toString(),
                startedAt.toString(),
                history.report().components().stream()
                        .map(component -> ComponentView.of(
                                component,
                                Objects.requireNonNull(history.components().get(component.component())),
                                at))
                        .toList(),
                null);
    }

    StatusView with(DetailsView known) {
        return new StatusView(type, at, status, since, startedAt, components, known);
    }

    /** The same without what is for administrators. */
    StatusView forEverybody() {
        List<ComponentView> shown =
                components.stream().map(ComponentView::forEverybody).toList();
        return new StatusView(type, at, status, since, startedAt, shown, null);
    }

    /**
     * The last three are for administrators, and null for everybody else.
     *
     * @param uptime from 0 to 1, in the last hour
     * @param output what is amiss; null when nothing is
     * @param latencyMs how long it took to answer
     * @param lastError the latest failure, also when it is over
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ComponentView(
            String component,
            String status,
            String since,
            double uptime,
            @Nullable String output,
            @Nullable Double latencyMs,
            CheckView.@Nullable ErrorView lastError) {
        private ComponentView forEverybody() {
            return new ComponentView(component, status, since, uptime, null, null, null);
        }

        private static ComponentView of(ComponentHealth component, Timeline timeline, Instant at) {
            return new ComponentView(
                    component.component(),
                    component.status().wireName(),
                    timeline.since().toString(),
                    timeline.uptime(at.minus(LOOKED_BACK), at),
                    component.detail().isEmpty() ? null : component.detail(),
                    CheckView.millis(component.latency()),
                    CheckView.ErrorView.of(component));
        }
    }
}
