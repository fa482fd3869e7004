package dev.daveloper.bootstrap.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;

/** A collector of traces as a gateway sees one: it takes OTLP over HTTP and remembers all of it. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Taken> spans = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch frozen = new CountDownLatch(0);
    private volatile int status = 200;

    private Collector(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    static Collector start() throws IOException {
        return new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** Without the path, which is the usual one. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers nobody from now on. */
    void freeze() {
        frozen = new CountDownLatch(1);
    }

    void thaw() {
        frozen.countDown();
    }

    /** Refuses all that comes from now on, or takes it again. */
    void answerWith(int other) {
        status = other;
    }

    /** All that was taken of a trace, so far. */
    List<Taken> of(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** The one of this name in a trace, waited for. */
    Taken await(String traceId, String name) {
        return Awaitility.await()
                .atMost(RunningProgram.PATIENCE)
                .until(
                        () -> of(traceId).stream()
                                .filter(span -> span.name().equals(name))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    List<Taken> spans() {
        return List.copyOf(spans);
    }

    /** What came as the header authorization. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
            frozen.await();
            if (status == 200) {
                tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
                request.getResourceSpansList()
                        .forEach(resource -> resource.getScopeSpansList()
                                .forEach(scope -> scope.getSpansList()
                                        .forEach(span -> spans.add(Taken.of(span, resource.getResource())))));
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thaw();
        server.stop(0);
        threads.close();
    }

    /**
     * A span as it was sent.
     *
     * @param parent empty for the first of a trace
     * @param all whatever text is in it, to look for what must not be
     */
    record Taken(
            String traceId,
            String spanId,
            String parent,
            String name,
            Span.SpanKind kind,
            Map<String, Object> attributes,
            List<String> events,
            boolean failed,
            Map<String, Object> resource,
            String all) {
        static Taken of(Span span, Resource resource) {
            HexFormat hex = HexFormat.of();
            return new Taken(
                    hex.formatHex(span.getTraceId().toByteArray()),
                    hex.formatHex(span.getSpanId().toByteArray()),
                    hex.formatHex(span.getParentSpanId().toByteArray()),
                    span.getName(),
                    span.getKind(),
                    mapOf(span.getAttributesList()),
                    span.getEventsList().stream().map(Span.Event::getName).toList(),
                    span.getStatus().getCodeValue() == 2,
                    mapOf(resource.getAttributesList()),
                    span.toString());
        }

        private static Map<String, Object> mapOf(List<KeyValue> attributes) {
            return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, each -> valueOf(each.getValue())));
        }

        private static Object valueOf(AnyValue value) {
            return value.hasStringValue() ? value.getStringValue() : (Object) value.getIntValue();
        }
    }
}
