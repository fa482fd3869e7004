package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.domain.tracing.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One of OpenTelemetry's. What vendors added to the trace is kept beside it, verbatim. */
final class OtelSpan implements Span {
    /** By the ordinals of {@link Attribute}. */
    private static final List<AttributeKey<String>> TEXTS = Arrays.stream(Attribute.values())
            .map(attribute -> AttributeKey.stringKey(attribute.key()))
            .toList();

    private static final List<AttributeKey<Long>> NUMBERS = Arrays.stream(Attribute.values())
            .map(attribute -> AttributeKey.longKey(attribute.key()))
            .toList();

    private final io.opentelemetry.api.trace.Span span;
    private final TraceContext context;

    OtelSpan(io.opentelemetry.api.trace.Span span, String state) {
        this.span = span;
        SpanContext own = span.getSpanContext();
        this.context = new TraceContext(own.getTraceId(), own.getSpanId(), own.isSampled(), state);
    }

    io.opentelemetry.api.trace.Span span() {
        return span;
    }

    @Override
    public TraceContext context() {
        return context;
    }

    /** Also when it is not sampled: whoever traces has decided that for all of the trace. */
    @Override
    public Optional<TraceContext> sent() {
        return Optional.of(context);
    }

    @Override
    public boolean recorded() {
        return span.isRecording();
    }

    @Override
    public void rename(String name) {
        span.updateName(name);
    }

    @Override
    public void put(Attribute attribute, String value) {
        span.setAttribute(TEXTS.get(attribute.ordinal()), value);
    }

    @Override
    public void put(Attribute attribute, long value) {
        span.setAttribute(NUMBERS.get(attribute.ordinal()), value);
    }

    @Override
    public void happened(String event) {
        span.addEvent(event);
    }

    @Override
    public void failed(String type) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(TEXTS.get(Attribute.ERROR_TYPE.ordinal()), type);
    }

    @Override
    public void end() {
        span.end();
    }
}
