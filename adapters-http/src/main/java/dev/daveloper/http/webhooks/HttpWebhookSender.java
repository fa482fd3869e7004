package dev.daveloper.http.webhooks;

import dev.daveloper.application.webhooks.out.WebhookSender;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries over HTTP/1.1 by Jetty's client. Connections are kept for the next delivery to the same endpoint for
 * {@value #IDLE_SECONDS} s, which is less than most servers keep theirs. Nothing is followed, decoded, remembered in
 * cookies or sent through a proxy. Safe for use by many threads, which wait; its own threads end on {@link #close}.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
    static final int IDLE_SECONDS = 4;

    private static final int MAX_PER_ENDPOINT = 256;
    private static final int MAX_QUEUED_PER_ENDPOINT = 2_048;
    private static final int MAX_THREADS = 12;
    private static final int MIN_THREADS = 2;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** For what a timeout itself takes. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_SUCCESS = 200;

    private final SenderConfig config;
    private final JudgedAddresses addresses;
    private final HttpClient client;

    private HttpWebhookSender(SenderConfig config, JudgedAddresses addresses, HttpClient client) {
        this.config = config;
        this.addresses = addresses;
        this.client = client;
    }

    /** @throws IllegalArgumentException when its certificates cannot be read, in a sentence */
    public static HttpWebhookSender open(SenderConfig config) {
        return open(config, JudgedAddresses.Names.SYSTEM);
    }

    static HttpWebhookSender open(SenderConfig config, JudgedAddresses.Names names) {
        JudgedAddresses addresses = new JudgedAddresses(config.reachable(), names, config.connectTimeout());
        HttpClient client = clientOf(config, addresses);
        try {
            client.start();
            // What start puts there: without decoders nobody is asked to compress.
            client.getContentDecoderFactories().clear();
            // An answer that asks who we are is an answer like any other: nothing is tried again with a password.
            client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
            client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
        } catch (Exception e) {
            addresses.close();
            throw new IllegalStateException("a client that listens nowhere can always start", e);
        }
        return new HttpWebhookSender(config, addresses, client);
    }

    private static HttpClient clientOf(SenderConfig config, JudgedAddresses addresses) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        config.certificates().ifPresent(path -> tls.setTrustStore(TrustedCertificates.with(path)));
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("webhook-sender");
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        connector.setExecutor(threads);
        connector.setSelectors(1);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setName("webhook-sender");
        client.setSocketAddressResolver(addresses);
        client.setConnectTimeout(config.connectTimeout().toMillis());
        client.setIdleTimeout(TimeUnit.SECONDS.toMillis(IDLE_SECONDS));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, config.userAgent()));
        client.setMaxConnectionsPerDestination(MAX_PER_ENDPOINT);
        client.setMaxRequestsQueuedPerDestination(MAX_QUEUED_PER_ENDPOINT);
        client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
        client.setDestinationIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        return client;
    }

    @Override
    public Attempt send(Outbound message) throws InterruptedException {
        Instant at = config.clock().instant();
        long start = System.nanoTime();
        ReadAnswer answer = new ReadAnswer(at);
        AtomicBoolean connected = new AtomicBoolean();
        CompletableFuture<Result> done = new CompletableFuture<>();
        Request request = requestOf(message)
                .onRequestBegin(begun -> connected.set(true))
                .onResponseHeaders(answer::headers)
                .onResponseContent(answer::content);
        @Nullable Throwable failure;
        try {
            request.send(done::complete);
            failure = done.get(config.timeout().plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)
                    .getFailure();
        } catch (InterruptedException e) {
            var unused = request.abort(e);
            throw e;
        } catch (TimeoutException | RuntimeException e) {
            var unused = request.abort(e);
            failure = e;
        } catch (ExecutionException e) {
            failure = e.getCause();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return attempt(message.number(), at, took, answer, failure, connected.get());
    }

    private Request requestOf(Outbound message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        return client.newRequest(message.url().uri())
                .method(HttpMethod.POST)
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                // Nothing may come for as long as the whole may take.
                .idleTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .body(new BytesRequestContent("application/json", body))
                .headers(headers -> message.headers().forEach(headers::put));
    }

    private static Attempt attempt(
            int number, Instant at, Duration took, ReadAnswer answer, @Nullable Throwable failure, boolean connected) {
        boolean whole = failure == null || answer.isEnough();
        OptionalInt status = answer.status();
        if (!whole || status.isEmpty()) {
            return new Attempt(
                    number, at, took, OptionalInt.empty(), Troubles.of(failure, connected), "", Optional.empty());
        }
        return new Attempt(number, at, took, status, troubleOf(status.getAsInt()), answer.head(), answer.retryAfter());
    }

    private static Trouble troubleOf(int status) {
        if (status >= FIRST_SUCCESS && status < FIRST_REDIRECT) {
            return Trouble.NONE;
        }
        return status >= FIRST_REDIRECT && status < FIRST_REFUSAL ? Trouble.REDIRECT : Trouble.STATUS;
    }

    /** Breaks off what is under way and ends its threads. */
    @Override
    public void close() {
        addresses.close();
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("a client's end is no failure of ours", e);
        }
    }
}
