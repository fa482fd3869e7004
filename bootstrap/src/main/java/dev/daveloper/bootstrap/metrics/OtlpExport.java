package dev.daveloper.bootstrap.metrics;

import dev.daveloper.bootstrap.config.MetricsTarget;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.CompressionMode;
import io.micrometer.registry.otlp.HistogramFlavor;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends all that is measured to a collector, from a thread of its own, and once more when it is closed. A collector
 * that is away costs a line in the log each time, and what it missed is in what it gets next: counters go on.
 */
final class OtlpExport extends OtlpMeterRegistry {
    /** The thread that sends is started before there is an object to set it. */
    private volatile @Nullable Runnable beforehand;

    private OtlpExport(OtlpConfig config) {
        super(config, Clock.SYSTEM);
    }

    /**
     * A registry as any other: who names this class without need has the virtual machine load it, to see what it is.
     *
     * @param beforehand looks at what is counted elsewhere, each time before it is sent
     */
    static MeterRegistry to(MetricsTarget target, String version, Runnable beforehand) {
        OtlpExport export = new OtlpExport(new Sending(
                target,
                Map.of(
                        "service.name",
                        "daveloper",
                        "service.version",
                        version,
                        "service.instance.id",
                        UUID.randomUUID().toString())));
        export.beforehand = beforehand;
        return export;
    }

    @Override
    protected void publish() {
        Runnable look = beforehand;
        if (look != null) {
            look.run();
        }
        super.publish();
    }

    /** All that would otherwise be looked for in the environment is said here. */
    private record Sending(MetricsTarget target, Map<String, String> resourceAttributes) implements OtlpConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return target.endpoint().toString();
        }

        @Override
        public Duration step() {
            return target.interval();
        }

        @Override
        public Map<String, String> headers() {
            return target.headers();
        }

        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }

        @Override
        public AggregationTemporality aggregationTemporality() {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public HistogramFlavor histogramFlavor() {
            return HistogramFlavor.EXPLICIT_BUCKET_HISTOGRAM;
        }

        @Override
        public CompressionMode compressionMode() {
            return CompressionMode.NONE;
        }
    }
}
