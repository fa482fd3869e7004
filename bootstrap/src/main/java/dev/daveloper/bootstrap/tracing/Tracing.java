package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.bootstrap.config.TracingConfig;
import java.time.Duration;

/**
 * Who records what happens, and what became of it.
 *
 * @param counts of spans that were recorded; all 0 when none are
 */
public record Tracing(Tracer tracer, SpanCounts counts, Runnable closing) implements AutoCloseable {
    /** How long closing may take, for what is recorded and not sent yet. */
    public static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** Without an endpoint nothing of OpenTelemetry is loaded, and what came in is passed on. */
    public static Tracing open(TracingConfig config, String version) {
        SpanCounts counts = new SpanCounts();
        if (config.endpoint().isEmpty()) {
            return new Tracing(new LoggedTracer(Tracer.PASSING), counts, () -> {});
        }
        Exporting exporting = Exporting.start(config, config.endpoint().get(), version, counts);
        return new Tracing(new LoggedTracer(exporting.tracer()), counts, exporting::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
