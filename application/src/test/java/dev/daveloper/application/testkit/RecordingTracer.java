package dev.daveloper.application.testkit;

import dev.daveloper.application.tracing.out.Attribute;
import dev.daveloper.application.tracing.out.Span;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.tracing.TraceContext;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Records every span in memory, as the real one does for those that are sampled. Safe for use by many threads. */
public final class RecordingTracer implements Tracer {
    private final List<Recorded> ended = new CopyOnWriteArrayList<>();
    private final List<Recorded> begun = new CopyOnWriteArrayList<>();

    @Override
    public Span begin(Kind kind, String name, Optional<TraceContext> from) {
        return record(kind, name, from.orElse(null), from.orElseGet(TraceContext::begin));
    }

    @Override
    public Span below(Span parent, Kind kind, String name) {
        return record(kind, name, parent.context(), parent.context());
    }

    private Span record(Kind kind, String name, @Nullable TraceContext parent, TraceContext trace) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
        TraceContext own = new TraceContext(trace.traceId(), id, true, trace.state());
        Recorded span =
                new Recorded(this, kind, name, Optional.ofNullable(parent).map(TraceContext::spanId), own);
        begun.add(span);
        return span;
    }

    @Override
    public Scope enter(Span span) {
        return Tracer.PASSING.enter(span);
    }

    @Override
    public Optional<Span> current() {
        return Tracer.PASSING.current();
    }

    /** Those that are over, in the order of their ends. */
    public List<Recorded> ended() {
        return List.copyOf(ended);
    }

    /** How many were begun and not ended. */
    public int open() {
        return begun.size() - ended.size();
    }

    /** The one of this name, when it is over. */
    public Optional<Recorded> ended(String name) {
        return ended.stream().filter(span -> span.name().equals(name)).findFirst();
    }

    /** One span. */
    public static final class Recorded implements Span {
        private final RecordingTracer tracer;
        private final Kind kind;
        private final Optional<String> parent;
        private final TraceContext context;
        private final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile String name;
        private volatile Optional<String> failure = Optional.empty();
        private boolean over;

        private Recorded(
                RecordingTracer tracer, Kind kind, String name, Optional<String> parent, TraceContext context) {
            this.tracer = tracer;
            this.kind = kind;
            this.name = name;
            this.parent = parent;
            this.context = context;
        }

        public String name() {
            return name;
        }

        public Kind kind() {
            return kind;
        }

        /** The span that it is a part of. */
        public Optional<String> parent() {
            return parent;
        }

        public Map<String, Object> attributes() {
            return Map.copyOf(attributes);
        }

        public List<String> events() {
            return new ArrayList<>(events);
        }

        /** The type of its failure. */
        public Optional<String> failure() {
            return failure;
        }

        @Override
        public TraceContext context() {
            return context;
        }

        @Override
        public Optional<TraceContext> sent() {
            return Optional.of(context);
        }

        @Override
        public boolean recorded() {
            return true;
        }

        @Override
        public void rename(String better) {
            name = better;
        }

        @Override
        public void put(Attribute attribute, String value) {
            attributes.put(attribute.key(), value);
        }

        @Override
        public void put(Attribute attribute, long value) {
            attributes.put(attribute.key(), value);
        }

        @Override
        public void happened(String event) {
            events.add(event);
        }

        @Override
        public void failed(String type) {
            failure = Optional.of(type);
        }

        @Override
        public synchronized void end() {
            if (!over) {
                over = true;
                tracer.ended.add(this);
            }
        }
    }
}
