package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.bootstrap.config.TracingConfig;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry's SDK, set up to send spans to a collector in batches, from threads of its own. */
final class Exporting implements AutoCloseable {
    /** Spans that are over and not taken by the collector yet. */
    static final int MAX_WAITING = 4_096;

    private static final int BATCH = 512;
    private static final Duration BATCH_EVERY = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

    /** What one span tells at most; the core's vocabulary needs less. */
    private static final SpanLimits LIMITS = SpanLimits.builder()
            .setMaxNumberOfAttributes(32)
            .setMaxAttributeValueLength(256)
            .setMaxNumberOfEvents(16)
            .build();

    private final SdkTracerProvider provider;
    private final ExecutorService sending;
    private final Tracer tracer;

    private Exporting(SdkTracerProvider provider, ExecutorService sending) {
        this.provider = provider;
        this.sending = sending;
        this.tracer = new OtelTracer(provider.get("dev.daveloper"));
    }

    static Exporting start(TracingConfig config, URI endpoint, String version, SpanCounts counts) {
        ExecutorService sending = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("trace-export").factory());
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setTimeout(EXPORT_TIMEOUT)
                .setCompression("gzip")
                // A collector that is away is away for longer than a retry takes, and spans do not wait for it.
                .setRetryPolicy(null)
                .setExecutorService(sending);
        config.headers().forEach(exporter::addHeader);
        BoundedSpans spans = new BoundedSpans(counts, MAX_WAITING);
        BatchSpanProcessor batches = BatchSpanProcessor.builder(spans.released(exporter.build()))
                // Never reached: what waits is bounded, and counted, before.
                .setMaxQueueSize(2 * MAX_WAITING)
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(BATCH_EVERY)
                .setExporterTimeout(EXPORT_TIMEOUT)
                .build();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(aboutThis(config, version))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sample())))
                .setSpanLimits(LIMITS)
                .addSpanProcessor(spans.before(batches))
                .build();
        return new Exporting(provider, sending);
    }

    /** Each start is another instance: what it counts begins anew. */
    private static Attributes aboutThis(TracingConfig config, String version) {
        return Attributes.of(
                AttributeKey.stringKey("service.name"),
                config.serviceName(),
                AttributeKey.stringKey("service.version"),
                version,
                AttributeKey.stringKey("service.instance.id"),
                UUID.randomUUID().toString());
    }

    Tracer tracer() {
        return tracer;
    }

    /** Sends what waits, for as long as closing may take, and gives the rest up. */
    @Override
    public void close() {
        provider.shutdown().join(Tracing.CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        sending.shutdownNow();
    }
}
