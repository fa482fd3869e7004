package dev.daveloper.bootstrap.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no more spans wait for the collector than may, and counts what becomes of each: the SDK would tell of those that
 * it drops through metrics of its own alone. Safe for use by many threads.
 */
final class BoundedSpans {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedSpans.class);

    private final SpanCounts counts;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    BoundedSpans(SpanCounts counts, int maxWaiting) {
        this.counts = counts;
        this.maxWaiting = maxWaiting;
    }

    /** The place in front of what batches spans. */
    SpanProcessor before(SpanProcessor batches) {
        return new Entrance(batches);
    }

    /** The place behind it, where what was sent makes room. */
    SpanExporter released(SpanExporter exporter) {
        return new Exit(exporter);
    }

    private boolean enter() {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            counts.noteDropped();
            return false;
        }
        return true;
    }

    private void leave(int spans, boolean taken) {
        waiting.addAndGet(-spans);
        if (taken) {
            counts.noteExported(spans);
            if (failing.compareAndSet(true, false)) {
                LOG.info("the collector takes traces again");
            }
        } else {
            counts.noteFailed(spans);
            if (failing.compareAndSet(false, true)) {
                LOG.warn("the collector of tracing.endpoint does not take traces; they are given up until it does");
            }
        }
    }

    private final class Entrance implements SpanProcessor {
        private final SpanProcessor batches;

        private Entrance(SpanProcessor batches) {
            this.batches = batches;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (span.getSpanContext().isSampled() && enter()) {
                batches.onEnd(span);
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            return batches.shutdown();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return batches.forceFlush();
        }
    }

    private final class Exit implements SpanExporter {
        private final SpanExporter exporter;

        private Exit(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int batch = spans.size();
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> leave(batch, result.isSuccess()));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
