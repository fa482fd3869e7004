package dev.daveloper.http.health;

import dev.daveloper.http.health.Figures.Counted;
import dev.daveloper.http.health.Figures.Level;
import dev.daveloper.http.health.Figures.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the status page tells in figures: each has a name, and is made of samples. */
enum Measure {
    REQUESTS("requests", new EachSecond(Counted.REQUESTS)),
    SERVER_ERRORS("serverErrors", new EachSecond(Counted.SERVER_ERRORS)),
    REQUESTS_IN_FLIGHT("requestsInFlight", new At(Level.REQUESTS_IN_FLIGHT)),
    REQUEST_P50("requestP50", new OfAll(Timed.REQUEST, 0.5)),
    REQUEST_P95("requestP95", new OfAll(Timed.REQUEST, 0.95)),
    REQUEST_P99("requestP99", new OfAll(Timed.REQUEST, 0.99)),
    RUNS("runs", new At(Level.RUNS)),
    VIEWERS("viewers", new At(Level.VIEWERS)),
    WEB_SOCKETS("webSockets", new At(Level.WEB_SOCKETS)),
    FIRST_DELTA_P50("firstDeltaP50", new OfAll(Timed.FIRST_DELTA, 0.5)),
    FIRST_DELTA_P95("firstDeltaP95", new OfAll(Timed.FIRST_DELTA, 0.95)),
    DELTA_P50("deltaP50", new OfAll(Timed.DELTA, 0.5)),
    DELTA_P99("deltaP99", new OfAll(Timed.DELTA, 0.99)),
    RUNS_COMPLETED("runsCompleted", new EachMinute(Counted.RUNS_COMPLETED)),
    RUNS_CANCELLED("runsCancelled", new EachMinute(Counted.RUNS_CANCELLED)),
    RUNS_INTERRUPTED("runsInterrupted", new EachMinute(Counted.RUNS_INTERRUPTED)),
    RUNS_LIMITED("runsLimited", new EachMinute(Counted.RUNS_LIMITED)),
    RUNS_FAILED("runsFailed", new EachMinute(Counted.RUNS_FAILED)),
    INPUT_TOKENS("inputTokens", new EachMinute(Counted.INPUT_TOKENS)),
    OUTPUT_TOKENS("outputTokens", new EachMinute(Counted.OUTPUT_TOKENS)),
    DOCUMENTS_WAITING("documentsWaiting", new At(Level.DOCUMENTS_WAITING)),
    DOCUMENTS_PROCESSING("documentsProcessing", new At(Level.DOCUMENTS_PROCESSING)),
    CPU("cpu", new Cpu()),
    GC("gc", new Collecting());

    private static final double MILLION = 1e6;

    private final String wireName;
    /** Only records of enums and numbers. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Figure figure;

    Measure(String wireName, Figure figure) {
        this.wireName = wireName;
        this.figure = figure;
    }

    /** As it is called in JSON. */
    String wireName() {
        return wireName;
    }

    /**
     * Those that are measured, as they were when the last sample was taken; null where nothing has happened.
     *
     * @param samples oldest first; at least one
     */
    static Map<String, @Nullable Double> latest(List<Sample> samples) {
        Moment moment = Moment.of(samples, samples.size() - 1);
        Map<String, @Nullable Double> figures = new LinkedHashMap<>();
        for (Measure measure : values()) {
            if (measure.figure.isKnown(moment.now())) {
                figures.put(measure.wireName, measure.at(moment));
            }
        }
        return figures;
    }

    /** Those that are measured, at each sample but the first. */
    static Map<String, List<@Nullable Double>> series(List<Sample> samples) {
        Map<String, List<@Nullable Double>> series = new LinkedHashMap<>();
        if (samples.isEmpty()) {
            return series;
        }
        List<Moment> moments = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            moments.add(Moment.of(samples, i));
        }
        for (Measure measure : values()) {
            if (measure.figure.isKnown(samples.getLast())) {
                List<@Nullable Double> numbers = new ArrayList<>(moments.size());
                moments.forEach(moment -> numbers.add(measure.at(moment)));
                series.put(measure.wireName, numbers);
            }
        }
        return series;
    }

    /** With at most six places: times are told to the microsecond. */
    private @Nullable Double at(Moment moment) {
        return figure.at(moment)
                .map(value -> Math.round(value * MILLION) / MILLION)
                .orElse(null);
    }

    /** A sample, the one before it, and the one a minute before it. */
    private record Moment(Sample minuteAgo, Sample before, Sample now) {
        static Moment of(List<Sample> samples, int index) {
            return new Moment(
                    HistoryView.minuteBefore(samples, index), samples.get(Math.max(0, index - 1)), samples.get(index));
        }

        /** Since the sample before. */
        double seconds() {
            return Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 1_000.0;
        }

        /** Since the sample a minute ago, which in the first minute is less. */
        double secondsOfMinute() {
            return Math.max(1, Duration.between(minuteAgo.at(), now.at()).toMillis()) / 1_000.0;
        }
    }

    private sealed interface Figure {
        /** Whether it is measured at all. */
        boolean isKnown(Sample sample);

        Optional<Double> at(Moment moment);
    }

    private record EachSecond(Counted counted) implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return sample.figures().counted().containsKey(counted);
        }

        @Override
        public Optional<Double> at(Moment moment) {
            return since(moment.before(), moment.now(), counted).map(count -> count / moment.seconds());
        }
    }

    private record EachMinute(Counted counted) implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return sample.figures().counted().containsKey(counted);
        }

        @Override
        public Optional<Double> at(Moment moment) {
            return since(moment.minuteAgo(), moment.now(), counted);
        }
    }

    private record At(Level level) implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return sample.figures().levels().containsKey(level);
        }

        @Override
        public Optional<Double> at(Moment moment) {
            return Optional.ofNullable(moment.now().figures().levels().get(level));
        }
    }

    private record OfAll(Timed timed, double part) implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return sample.figures().timed().containsKey(timed);
        }

        @Override
        public Optional<Double> at(Moment moment) {
            Spread now = moment.now().figures().timed().get(timed);
            return now == null
                    ? Optional.empty()
                    : now.quantileSince(moment.minuteAgo().figures().timed().get(timed), part);
        }
    }

    /** The part of all processors that the process used. */
    private record Cpu() implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return sample.process().cpuSeconds() >= 0;
        }

        @Override
        public Optional<Double> at(Moment moment) {
            double used = moment.now().process().cpuSeconds()
                    - moment.before().process().cpuSeconds();
            double there = moment.seconds() * moment.now().process().processors();
            return moment.now().at().equals(moment.before().at())
                    ? Optional.empty()
                    : Optional.of(Math.clamp(used / there, 0, 1));
        }
    }

    /** The part of the minute before in which everything stood still for collecting garbage. */
    private record Collecting() implements Figure {
        @Override
        public boolean isKnown(Sample sample) {
            return true;
        }

        @Override
        public Optional<Double> at(Moment moment) {
            double paused = moment.now().process().pausedSeconds()
                    - moment.minuteAgo().process().pausedSeconds();
            return moment.now().at().equals(moment.minuteAgo().at())
                    ? Optional.empty()
                    : Optional.of(Math.clamp(paused / moment.secondsOfMinute(), 0, 1));
        }
    }

    private static Optional<Double> since(Sample earlier, Sample now, Counted counted) {
        Long there = now.figures().counted().get(counted);
        Long before = earlier.figures().counted().get(counted);
        return there == null
                ? Optional.empty()
                : Optional.of((double) Math.max(0, there - (before == null ? 0 : before)));
    }
}
