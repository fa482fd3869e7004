package dev.daveloper.http.failures;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.domain.events.UnexpectedFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends unexpected failures to a collector over HTTP, one after another on a thread of its own. Those of one kind,
 * which is an exception's class and its innermost frames, at most once a minute, and never more in a minute than
 * configured.
 * What does not find room, or does not arrive, is dropped, counted and told in the log once a minute: nothing is sent
 * twice, and nobody waits for the collector. Redirects are not followed.
 */
public final class HttpErrorReporter implements ErrorReporter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrorReporter.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ErrorReportConfig config;
    private final ReportForm form;
    /** An empty one is the end. */
    private final BlockingQueue<Optional<Report>> waiting;

    private final LogSampler kinds;
    private final LogSampler complaints;
    private final PerMinute allowance;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final Thread sender;
    private volatile boolean closed;

    private HttpErrorReporter(ErrorReportConfig config, ReportForm form, InstantSource clock) {
        this.config = config;
        this.form = form;
        this.waiting = new ArrayBlockingQueue<>(config.queue());
        this.kinds = new LogSampler(clock, MINUTE);
        this.complaints = new LogSampler(clock, MINUTE);
        this.allowance = new PerMinute(clock, config.perMinute());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor)
                .build();
        this.sender = Thread.ofVirtual().name("error-reports").start(this::send);
    }

    /**
     * Sends from now on, until it is closed.
     *
     * @param config with an address
     * @param version of the gateway
     */
    public static HttpErrorReporter start(ErrorReportConfig config, String version, InstantSource clock) {
        URI url = config.url().orElseThrow(() -> new IllegalArgumentException("there is no collector to report to"));
        ReportForm form = switch (config.format()) {
            case JSON -> new JsonReports(url, config.token(), version);
            case SENTRY -> new SentryReports(SentryDsn.parse(url), version);
        };
        return new HttpErrorReporter(config, form, clock);
    }

    @Override
    public void report(UnexpectedFailure failure) {
        try {
            OptionalLong alike = kinds.admit(Report.kindOf(failure));
            if (alike.isEmpty()) {
                return;
            }
            String id = UUID.randomUUID().toString().replace("-", "");
            if (closed
                    || !allowance.take()
                    || !waiting.offer(Optional.of(new Report(id, failure, alike.getAsLong())))) {
                drop("as many reports are sent or wait as may");
            }
        } catch (RuntimeException e) {
            // An exception that fails when it is asked where it came from.
            drop("a failure cannot be described");
        }
    }

    /** How many arrived since the start. */
    public long sent() {
        return sent.get();
    }

    /** How many were given up since the start; those that were held back as alike are not among them. */
    public long dropped() {
        return dropped.get();
    }

    /** Gives what waits a little time to be sent, then ends every thread. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            // One that is full needs no end: the sender sees that it is closed when it is empty.
            waiting.offer(Optional.empty());
            if (!sender.join(config.closeWithin())) {
                sender.interrupt();
                sender.join(config.closeWithin());
            }
            client.shutdownNow();
            client.awaitTermination(config.closeWithin());
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        } finally {
            client.shutdownNow();
            executor.shutdownNow();
        }
    }

    private void send() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Optional<Report> next = waiting.take();
                if (next.isEmpty()) {
                    break;
                }
                send(next.get());
            }
        } catch (InterruptedException e) {
            // It is closed, and has waited long enough.
        }
        int left = (int) waiting.stream().filter(Optional::isPresent).count();
        if (left > 0) {
            dropped.addAndGet(left);
            LOG.warn("{} reports of errors were not sent before the end", left);
        }
    }

    private void send(Report report) throws InterruptedException {
        try {
            int status = statusOf(form.request(report));
            if (status >= 200 && status < 300) {
                sent.incrementAndGet();
            } else {
                drop("the collector answered " + status);
            }
        } catch (TimeoutException e) {
            drop("the collector took too long");
        } catch (ExecutionException e) {
            LOG.debug("the collector cannot be reached", e);
            drop("the collector cannot be reached");
        } catch (IOException | RuntimeException e) {
            LOG.debug("a failure cannot be described", e);
            drop("a failure cannot be described");
        }
    }

    /** The client's own timeout ends with the headers: an answer that never ends must not hold the others up. */
    private int statusOf(HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(config.sendWithin().toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode();
        } finally {
            answer.cancel(true);
        }
    }

    private void drop(String why) {
        dropped.incrementAndGet();
        OptionalLong more = complaints.admit(why);
        if (more.isPresent()) {
            LOG.atWarn()
                    .addKeyValue("why", why)
                    .addKeyValue("alike", more.getAsLong())
                    .log("a report of an error was dropped");
        }
    }
}
