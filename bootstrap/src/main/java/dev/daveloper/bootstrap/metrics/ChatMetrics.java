package dev.daveloper.bootstrap.metrics;

import dev.daveloper.application.chat.out.RunListener;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Times the steps of answers. Each step is one measurement, without a look into a map. */
final class ChatMetrics implements RunListener {
    /** What is the gateway's own is short: from ten microseconds to a second. */
    private static final Duration[] OWN = micros(
            10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
            1_000_000);

    /** What an agent and its model take is long. */
    private static final Duration[] FIRST_WORDS = micros(
            50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000);

    private final MeterRegistry registry;
    private final Timer start;
    private final Timer delta;
    private final Timer finish;
    private final Timer firstDelta;
    private final Timer append;
    private final Counter appended;
    private final Counter resumed;
    private final Counter toolsCompleted;
    private final Counter toolsFailed;

    ChatMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.start = overhead("start");
        this.delta = overhead("delta");
        this.finish = overhead("finish");
        this.firstDelta = timer("daveloper.chat.first.delta", "From a message to the first words.", FIRST_WORDS);
        this.append = timer("daveloper.log.append", "Batches of the log, by the time that the store took.", OWN);
        this.appended = counter("daveloper.log.append.events", "Events in those batches.");
        this.resumed = counter("daveloper.runs.resumed", "Times that somebody followed an answer from a cursor.");
        this.toolsCompleted = tools("completed");
        this.toolsFailed = tools("failed");
    }

    private static Duration[] micros(long... values) {
        return LongStream.of(values)
                .mapToObj(value -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(value)))
                .toArray(Duration[]::new);
    }

    private Timer overhead(String phase) {
        return timer("daveloper.overhead", "What the gateway itself took, by phase.", OWN, "phase", phase);
    }

    private Timer timer(String name, String description, Duration[] buckets, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private Counter tools(String result) {
        return counter("daveloper.tool.calls", "Tools that agents called, by how that ended.", "result", result);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    @Override
    public void asked(RunId run, long nanos) {
        start.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void firstDelta(RunId run, long nanos) {
        firstDelta.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void toolEnded(RunId run, boolean failed) {
        (failed ? toolsFailed : toolsCompleted).increment();
    }

    @Override
    public void sent(RunId run, long nanos) {
        delta.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void appended(RunId run, int events, long nanos) {
        append.record(nanos, TimeUnit.NANOSECONDS);
        appended.increment(events);
    }

    @Override
    public void finished(RunId run, AssistantMessage answer, long finishNanos, long nanos) {
        finish.record(finishNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void resumed(RunRef run) {
        resumed.increment();
    }
}
