package dev.daveloper.bootstrap.metrics;

import dev.daveloper.http.health.Figures;
import dev.daveloper.http.health.Spread;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the status page tells of the registry, found there by name: a meter that nobody has registered is not told.
 * Reads memory alone. For one thread at a time.
 */
final class StatusFigures implements Figures {
    private static final Map<String, Level> GAUGES = Map.of(
            "daveloper.http.requests.in.flight", Level.REQUESTS_IN_FLIGHT,
            "daveloper.runs.active", Level.RUNS,
            "daveloper.viewers", Level.VIEWERS,
            "daveloper.websockets.open", Level.WEB_SOCKETS,
            "daveloper.documents.queue/waiting", Level.DOCUMENTS_WAITING,
            "daveloper.documents.queue/processing", Level.DOCUMENTS_PROCESSING);

    private static final Map<String, Counted> COUNTERS = Map.of(
            "daveloper.runs.ended/completed", Counted.RUNS_COMPLETED,
            "daveloper.runs.ended/cancelled", Counted.RUNS_CANCELLED,
            "daveloper.runs.ended/interrupted", Counted.RUNS_INTERRUPTED,
            "daveloper.runs.ended/limited", Counted.RUNS_LIMITED,
            "daveloper.runs.ended/failed", Counted.RUNS_FAILED,
            "daveloper.tokens/input", Counted.INPUT_TOKENS,
            "daveloper.tokens/output", Counted.OUTPUT_TOKENS);

    private static final Map<String, Timed> TIMERS = Map.of(
            "daveloper.chat.first.delta", Timed.FIRST_DELTA,
            "daveloper.overhead/delta", Timed.DELTA);

    private final MeterRegistry registry;

    /** @param registry whose timers tell what they counted since the start, as Prometheus' do */
    StatusFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Reading read() {
        Gathered gathered = new Gathered();
        registry.forEachMeter(gathered::add);
        return gathered.reading();
    }

    private static final class Gathered {
        private final Map<Counted, Long> counted = new EnumMap<>(Counted.class);
        private final Map<Level, Double> levels = new EnumMap<>(Level.class);
        private final Map<Timed, Sum> timed = new EnumMap<>(Timed.class);

        void add(Meter meter) {
            switch (meter) {
                case Timer timer -> addTimer(timer);
                case Counter counter -> addCounter(counter);
                case Gauge gauge -> addGauge(gauge);
                default -> {}
            }
        }

        private void addRequests(Timer timer) {
            String route = timer.getId().getTag("route");
            boolean failed = "5xx".equals(timer.getId().getTag("status"));
            counted.merge(Counted.REQUESTS, timer.count(), Long::sum);
            counted.merge(Counted.SERVER_ERRORS, failed ? timer.count() : 0, Long::sum);
            if (route != null && !isSlow(route)) {
                timed.computeIfAbsent(Timed.REQUEST, any -> new Sum()).add(timer);
            }
        }

        /** Streams last as long as somebody watches, and an answer takes as long as its agent. */
        private static boolean isSlow(String route) {
            return route.equals("/agent/chat") || route.endsWith("/events") || route.startsWith("/ws/");
        }

        private void addTimer(Timer timer) {
            if (timer.getId().getName().equals("daveloper.http.requests")) {
                addRequests(timer);
                return;
            }
            Timed which = TIMERS.get(keyOf(timer));
            if (which != null) {
                timed.computeIfAbsent(which, any -> new Sum()).add(timer);
            }
        }

        private void addCounter(Counter counter) {
            Counted which = COUNTERS.get(keyOf(counter));
            if (which != null) {
                counted.merge(which, (long) counter.count(), Long::sum);
            }
        }

        private void addGauge(Gauge gauge) {
            Level which = GAUGES.get(keyOf(gauge));
            if (which == null) {
                return;
            }
            double value = gauge.value();
            if (Double.isFinite(value)) {
                levels.merge(which, value, Double::sum);
            }
        }

        /** Its name, and the value of its label if it has one. */
        private static String keyOf(Meter meter) {
            String name = meter.getId().getName();
            return meter.getId().getTags().isEmpty()
                    ? name
                    : name + "/" + meter.getId().getTags().getFirst().getValue();
        }

        Reading reading() {
            // An agent that reports no tokens has not used none.
            if (counted.getOrDefault(Counted.INPUT_TOKENS, 0L) + counted.getOrDefault(Counted.OUTPUT_TOKENS, 0L) == 0) {
                counted.remove(Counted.INPUT_TOKENS);
                counted.remove(Counted.OUTPUT_TOKENS);
            }
            Map<Timed, Spread> spreads = new EnumMap<>(Timed.class);
            timed.forEach((which, sum) -> spreads.put(which, sum.spread()));
            return new Reading(counted, levels, spreads);
        }
    }

    /** Timers of one name, which have the same buckets. */
    private static final class Sum {
        private double[] bounds = {};
        private long[] upTo = {};
        private long count;

        void add(Timer timer) {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            CountAtBucket[] buckets = Arrays.stream(snapshot.histogramCounts())
                    .filter(bucket -> Double.isFinite(bucket.bucket()) && bucket.bucket() < Long.MAX_VALUE)
                    .toArray(CountAtBucket[]::new);
            if (bounds.length == 0) {
                bounds = Arrays.stream(buckets)
                        .mapToDouble(bucket -> bucket.bucket(TimeUnit.SECONDS))
                        .toArray();
                upTo = new long[bounds.length];
            }
            if (buckets.length != bounds.length) {
                return;
            }
            for (int i = 0; i < buckets.length; i++) {
                upTo[i] += (long) buckets[i].count();
            }
            count += snapshot.count();
        }

        Spread spread() {
            return new Spread(bounds, upTo, count);
        }
    }
}
