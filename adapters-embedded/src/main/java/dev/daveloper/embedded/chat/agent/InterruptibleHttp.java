package dev.daveloper.embedded.chat.agent;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets the model's client library stream on the thread that asks, so that interrupting the thread aborts the exchange,
 * before its first byte as well as later. At most {@value #MAX_RESPONSE_BYTES} bytes of a response are read.
 */
final class InterruptibleHttp implements HttpClient {
    static final long MAX_RESPONSE_BYTES = 32L << 20;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private final java.net.http.HttpClient http;

    InterruptibleHttp(java.net.http.HttpClient http) {
        this.http = http;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("only streams are asked for");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<InputStream> response =
                    http.send(exchange(request), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new Bounded(response.body())) {
                if (response.statusCode() / 100 != 2) {
                    listener.onError(new EndpointRefusal(response.statusCode(), retryAfter(response)));
                    return;
                }
                listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(response.statusCode())
                        .headers(response.headers().map())
                        .build());
                parser.parse(body, listener);
                listener.onClose();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.onError(e);
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    private static java.net.http.HttpRequest exchange(HttpRequest request) {
        java.net.http.HttpRequest.Builder exchange = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> exchange.header(name, value)));
        return exchange.method(
                        request.method().name(), java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        try {
            OptionalLong seconds = response.headers().firstValueAsLong("Retry-After");
            return seconds.isPresent() && seconds.getAsLong() >= 0
                    ? Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_RETRY_AFTER.toSeconds())))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            // A date: rare, and the usual wait serves as well.
            return Optional.empty();
        }
    }

    private static final class Bounded extends FilterInputStream {
        private long left = MAX_RESPONSE_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            require(left);
            int read = super.read();
            left -= 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            require(left);
            int read = super.read(buffer, offset, length);
            left -= Math.max(read, 0);
            return read;
        }

        private static void require(long left) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the answer is no longer wanted");
            }
            if (left <= 0) {
                throw new IOException("the response is longer than " + MAX_RESPONSE_BYTES + " bytes");
            }
        }
    }
}
