package dev.daveloper.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.http.failures.FailureCountView;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What only administrators see of a moment.
 *
 * @param streams of server-sent events that are open
 * @param figures those that are measured, by the name of their {@link Measure}
 */
record DetailsView(
        List<LimitView> limits,
        CacheView cache,
        List<FailureCountView> errors,
        int streams,
        JvmView jvm,
        Map<String, @Nullable Double> figures) {
    /**
     * @param samples oldest first; at least one
     * @param gauges asked for what has no history
     */
    static DetailsView of(List<Sample> samples, Gauges gauges) {
        Sample now = samples.getLast();
        Sample before = samples.get(Math.max(0, samples.size() - 2));
        Sample minuteAgo = HistoryView.minuteBefore(samples, samples.size() - 1);
        Map<String, String> sentences = gauges.policies();
        SortedSet<String> policies = new TreeSet<>(sentences.keySet());
        now.policies().forEach(policy -> policies.add(policy.policy()));
        return new DetailsView(
                policies.stream()
                        .map(policy -> LimitView.of(now.ratesSince(before, policy), sentences.get(policy)))
                        .toList(),
                new CacheView(
                        now.cacheEntries(),
                        now.cacheBytes(),
                        now.namespaces().stream()
                                .map(of -> new NamespaceView(
                                        of.namespace(),
                                        now.hitRatioSince(minuteAgo, of.namespace())
                                                .orElse(null)))
                                .toList()),
                gauges.failures().stream().map(FailureCountView::of).toList(),
                now.streams(),
                new JvmView(
                        now.process().heapBytes(),
                        gauges.maxHeapBytes(),
                        now.process().threads()),
                Measure.latest(samples));
    }

    /**
     * Counts for a second, since the snapshot before.
     *
     * @param sentence the policy as it is written; null when none of this name holds any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitView(
            String policy, @Nullable String sentence, double admitted, double refused, double shadow, double near) {
        private static LimitView of(PolicyRates rates, @Nullable String sentence) {
            return new LimitView(
                    rates.policy(), sentence, rates.admitted(), rates.refused(), rates.shadow(), rates.near());
        }
    }

    record CacheView(long entries, long bytes, List<NamespaceView> namespaces) {}

    /** @param hitRatio from 0 to 1, of the last minute; null when nothing was asked for */
    record NamespaceView(String namespace, @Nullable Double hitRatio) {}

    /** @param maxHeapBytes -1 when there is no bound */
    record JvmView(long heapBytes, long maxHeapBytes, int threads) {}
}
