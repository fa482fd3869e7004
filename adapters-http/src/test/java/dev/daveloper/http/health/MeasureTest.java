package dev.daveloper.http.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.http.health.Figures.Counted;
import dev.daveloper.http.health.Figures.Level;
import dev.daveloper.http.health.Figures.Reading;
import dev.daveloper.http.health.Figures.Timed;
import dev.daveloper.http.testkit.ApiDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final double[] BOUNDS = {0.01, 0.1};
    private static final int PROCESSORS = 4;

    private final ManualClock clock = new ManualClock();
    private final List<Sample> samples = new ArrayList<>();
    private double cpuSeconds;
    private double pausedSeconds;

    /** The first at once, every other ten seconds after the one before. */
    private void sample(Reading reading) {
        if (!samples.isEmpty()) {
            clock.advance(Duration.ofSeconds(10));
        }
        Sample.OfProcess process = new Sample.OfProcess(1, 1, cpuSeconds, PROCESSORS, pausedSeconds);
        samples.add(new Sample(clock.instant(), List.of(), List.of(), 0, 0, 0, process, reading));
    }

    private static Reading counted(Counted what, long count) {
        return new Reading(Map.of(what, count), Map.of(), Map.of());
    }

    private static Reading took(long quick, long all) {
        return new Reading(Map.of(), Map.of(), Map.of(Timed.REQUEST, new Spread(BOUNDS, new long[] {quick, all}, all)));
    }

    @Test
    void requests_are_told_for_a_second_and_endings_for_a_minute() {
        for (int i = 0; i < 10; i++) {
            sample(new Reading(
                    Map.of(Counted.REQUESTS, 1_000L + 50L * i, Counted.RUNS_FAILED, 7L + i), Map.of(), Map.of()));
        }
        assertThat(Measure.latest(samples)).contains(entry("requests", 5.0), entry("runsFailed", 6.0));
        assertThat(Measure.series(samples).get("requests")).hasSize(9).containsOnly(5.0);
        assertThat(Measure.series(samples).get("runsFailed"))
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 6.0, 6.0);
    }

    @Test
    void percentiles_are_those_of_the_minute_before_and_unknown_when_nothing_was_asked() {
        sample(took(0, 0));
        sample(took(100, 100));
        for (int i = 0; i < 7; i++) {
            sample(took(100, 100));
        }
        List<Double> series = Measure.series(samples).get("requestP50");
        assertThat(series).startsWith(0.005, 0.005).endsWith(0.005, null, null);
        sample(took(100, 200));
        assertThat(Measure.latest(samples)).contains(entry("requestP50", 0.055), entry("requestP99", 0.0991));
    }

    @Test
    void what_is_not_measured_is_not_told_and_what_begins_later_has_a_gap_before() {
        sample(Reading.NOTHING);
        sample(Reading.NOTHING);
        assertThat(Measure.latest(samples)).containsOnlyKeys("cpu", "gc");
        sample(new Reading(Map.of(), Map.of(Level.VIEWERS, 3.0), Map.of()));
        assertThat(Measure.latest(samples)).containsOnlyKeys("viewers", "cpu", "gc");
        assertThat(Measure.series(samples)).contains(entry("viewers", Arrays.asList(null, 3.0)));
    }

    @Test
    void a_counter_that_began_anew_has_counted_nothing() {
        sample(counted(Counted.REQUESTS, 100));
        sample(counted(Counted.REQUESTS, 1));
        assertThat(Measure.latest(samples)).contains(entry("requests", 0.0));
    }

    @Test
    void the_processor_is_told_as_a_part_of_all_of_them_and_pauses_as_a_part_of_the_minute() {
        sample(Reading.NOTHING);
        cpuSeconds = 20;
        pausedSeconds = 1;
        sample(Reading.NOTHING);
        assertThat(Measure.latest(samples)).contains(entry("cpu", 0.5), entry("gc", 0.1));
    }

    @Test
    void one_sample_is_too_few_for_what_lies_between_two() {
        assertThat(Measure.series(samples)).isEmpty();
        sample(counted(Counted.REQUESTS, 100));
        assertThat(Measure.latest(samples)).contains(entry("requests", 0.0), entry("cpu", null), entry("gc", null));
        assertThat(Measure.series(samples).get("requests")).isEmpty();
    }

    @Test
    void a_processor_whose_use_is_not_known_is_not_told() {
        cpuSeconds = -1;
        sample(Reading.NOTHING);
        assertThat(Measure.latest(samples)).containsOnlyKeys("gc");
    }

    @Test
    void the_document_describes_each_of_them_and_no_others() {
        ApiDocument document = ApiDocument.of("openapi.yaml");
        List<String> described = new ArrayList<>();
        document.at("/components/schemas/StatusFigures/properties").fieldNames().forEachRemaining(described::add);
        List<String> inSeries = new ArrayList<>();
        document.at("/components/schemas/StatusSeries/properties/figures/propertyNames/enum")
                .forEach(name -> inSeries.add(name.textValue()));
        assertThat(Stream.of(Measure.values()).map(Measure::wireName))
                .containsExactlyElementsOf(described)
                .containsExactlyElementsOf(inSeries);
    }
}
