package dev.daveloper.bootstrap.tracing;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.domain.tracing.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** One of OpenTelemetry's. What vendors added to the trace is kept beside it, verbatim. */
final class OtelSpan implements Span {
    private static final Map<Attribute, AttributeKey<String>> TEXTS = keys(AttributeKey::stringKey);
    private static final Map<Attribute, AttributeKey<Long>> NUMBERS = keys(AttributeKey::longKey);

    private final io.opentelemetry.api.trace.Span span;
    private final TraceContext context;

    OtelSpan(io.opentelemetry.api.trace.Span span, String state) {
        this.span = span;
        SpanContext own = span.getSpanContext();
        this.context = new TraceContext(own.getTraceId(), own.getSpanId(), own.isSampled(), state);
    }

    private static <T> Map<Attribute, AttributeKey<T>> keys(Function<String, AttributeKey<T>> key) {
        Map<Attribute, AttributeKey<T>> keys = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            keys.put(attribute, key.apply(attribute.key()));
        }
        return Collections.unmodifiableMap(keys);
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
        span.setAttribute(Objects.requireNonNull(TEXTS.get(attribute)), value);
    }

    @Override
    public void put(Attribute attribute, long value) {
        span.setAttribute(Objects.requireNonNull(NUMBERS.get(attribute)), value);
    }

    @Override
    public void happened(String event) {
        span.addEvent(event);
    }

    @Override
    public void failed(String type) {
        span.setStatus(StatusCode.ERROR);
        put(Attribute.ERROR_TYPE, type);
    }

    @Override
    public void end() {
        span.end();
    }
}
