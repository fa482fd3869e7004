package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.health.in.Health;
import dev.daveloper.application.health.in.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How everything was: what each component was when, and the numbers of the last quarter of an hour.
 *
 * @param series for administrators; null for everybody else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryView(
        String type,
        String at,
        List<ChangeView> changes,
        List<ComponentView> components,
        @Nullable SeriesView series) {
    static final String TYPE = "status.history";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    static HistoryView of(Health.History history, Instant at, @Nullable SeriesView series) {
        List<ComponentView> components = new ArrayList<>();
        history.components()
                .forEach((name, timeline) -> components.add(new ComponentView(name, ChangeView.of(timeline))));
        return new HistoryView(TYPE, at.toString(), ChangeView.of(history.whole()), components, series);
    }

    /** The sample a minute before that one, or the oldest that there is. */
    static Sample minuteBefore(List<Sample> samples, int index) {
        Instant then = samples.get(index).at().minus(MINUTE);
        int found = index;
        while (found > 0 && samples.get(found).at().isAfter(then)) {
            found--;
        }
        return samples.get(found);
    }

    record ComponentView(String component, List<ChangeView> changes) {}

    record ChangeView(String status, String at) {
        private static List<ChangeView> of(Timeline timeline) {
            return timeline.changes().stream()
                    .map(change -> new ChangeView(
                            change.status().wireName(), change.at().toString()))
                    .toList();
        }
    }

    /**
     * Each list has an entry for each of the times, the oldest first.
     *
     * @param figures those that are measured, by the name of their {@link Measure}
     */
    record SeriesView(
            List<String> times,
            List<PolicySeries> limits,
            List<NamespaceSeries> cache,
            List<Long> cacheEntries,
            List<Long> cacheBytes,
            List<Long> heapBytes,
            List<Integer> threads,
            List<Integer> streams,
            Map<String, List<@Nullable Double>> figures) {
        /** @param samples oldest first; the first is only what the second is compared with */
        static SeriesView of(List<Sample> samples) {
            List<Sample> shown = samples.isEmpty() ? samples : samples.subList(1, samples.size());
            SortedSet<String> policies = new TreeSet<>();
            SortedSet<String> namespaces = new TreeSet<>();
            shown.forEach(sample -> {
                sample.policies().forEach(policy -> policies.add(policy.policy()));
                sample.namespaces().forEach(namespace -> namespaces.add(namespace.namespace()));
            });
            return new SeriesView(
                    each(shown, sample -> sample.at().toString()),
                    each(policies, policy -> PolicySeries.of(samples, policy)),
                    each(namespaces, namespace -> NamespaceSeries.of(samples, namespace)),
                    each(shown, Sample::cacheEntries),
                    each(shown, Sample::cacheBytes),
                    each(shown, sample -> sample.process().heapBytes()),
                    each(shown, sample -> sample.process().threads()),
                    each(shown, Sample::streams),
                    Measure.series(samples));
        }

        private static <T, R> List<R> each(Collection<T> all, Function<T, R> of) {
            return all.stream().map(of).toList();
        }
    }

    /** Counts for a second, since the time before. */
    record PolicySeries(
            String policy, List<Double> admitted, List<Double> refused, List<Double> shadow, List<Double> near) {
        private static PolicySeries of(List<Sample> samples, String policy) {
            List<PolicyRates> rates = IntStream.range(1, samples.size())
                    .mapToObj(i -> samples.get(i).ratesSince(samples.get(i - 1), policy))
                    .toList();
            return new PolicySeries(
                    policy,
                    SeriesView.each(rates, PolicyRates::admitted),
                    SeriesView.each(rates, PolicyRates::refused),
                    SeriesView.each(rates, PolicyRates::shadow),
                    SeriesView.each(rates, PolicyRates::near));
        }
    }

    /** @param hitRatio from 0 to 1, of the minute before; null where nothing was asked for */
    record NamespaceSeries(String namespace, List<@Nullable Double> hitRatio) {
        private static NamespaceSeries of(List<Sample> samples, String namespace) {
            List<@Nullable Double> ratios = new ArrayList<>();
            for (int i = 1; i < samples.size(); i++) {
                Sample before = minuteBefore(samples, i);
                ratios.add(samples.get(i).hitRatioSince(before, namespace).orElse(null));
            }
            return new NamespaceSeries(namespace, ratios);
        }
    }
}
