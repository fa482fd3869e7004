package dev.daveloper.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class BoundedSpansTest {
    private static final int MAX = 3;

    private final SpanCounts counts = new SpanCounts();
    private final Deque<CompletableResultCode> sending = new ArrayDeque<>();
    private final BoundedSpans spans = new BoundedSpans(counts, MAX);
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(spans.before(SimpleSpanProcessor.create(spans.released(new Slow()))))
            .build();

    @Test
    void no_more_wait_than_may_and_the_rest_is_counted() {
        end(MAX + 4);
        assertThat(sending).hasSize(MAX);
        assertThat(counts.dropped()).isEqualTo(4);
        assertThat(counts.exported()).isZero();
    }

    @Test
    void what_was_taken_makes_room_and_so_does_what_failed() {
        end(MAX);
        sending.pop().succeed();
        sending.pop().fail();
        end(3);
        assertThat(counts.exported()).isEqualTo(1);
        assertThat(counts.failed()).isEqualTo(1);
        assertThat(counts.dropped()).isEqualTo(1);
    }

    private void end(int number) {
        for (int i = 0; i < number; i++) {
            provider.get("test").spanBuilder("a").startSpan().end();
        }
    }

    /** Takes spans, and time. */
    private final class Slow implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            CompletableResultCode result = new CompletableResultCode();
            sending.add(result);
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
