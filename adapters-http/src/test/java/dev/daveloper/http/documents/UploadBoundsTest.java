package dev.daveloper.http.documents;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.UploadLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How many uploads there may be, how long they take, and what becomes of those that break off. */
class UploadBoundsTest {
    private static final HttpTimes Q = TestGateway.QUICK;

    private static byte[] opening() {
        byte[] open = new Form()
                .part("Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n", "")
                .open();
        return Arrays.copyOf(open, open.length - 2);
    }

    private static void begin(RawConnection connection, TestGateway.Caller caller, long length) throws IOException {
        connection.say("POST /documents/ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + caller.token()
                + "\r\nContent-Type: " + Form.TYPE + "\r\nContent-Length: " + length + "\r\n\r\n");
        connection.say(opening());
    }

    @Test
    void more_uploads_at_once_than_there_may_be_are_told_to_come_back() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Semaphore inside = new Semaphore(0);
        try (TestGateway gateway = Gateways.open(
                        config -> config.withUploads(UploadLimits.DEFAULT.atOnce(3, 2, Duration.ofMinutes(1))),
                        ports -> Gateways.with(ports, "ingest", (real, arguments) -> {
                            inside.release();
                            gate.await();
                            throw DocumentRefused.empty();
                        }));
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
                Closeable opening = gate::countDown) {
            assertThat(opening).isNotNull();
            TestGateway.Caller first = gateway.newCaller();
            TestGateway.Caller second = gateway.newCaller();
            List<Future<HttpResponse<String>>> held = new ArrayList<>();
            held.add(senders.submit(() -> upload(gateway, first)));
            held.add(senders.submit(() -> upload(gateway, first)));
            inside.acquire(2);

            HttpResponse<String> third = upload(gateway, first);
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(third).get("code").textValue()).isEqualTo("documents_busy");
            assertThat(json(third).get("detail").textValue()).contains("session");

            held.add(senders.submit(() -> uploadOnceThereIsRoom(gateway, second)));
            inside.acquire();
            HttpResponse<String> full = upload(gateway, gateway.newCaller());
            assertThat(full.statusCode()).isEqualTo(503);
            assertThat(json(full).get("code").textValue()).isEqualTo("documents_busy");

            gate.countDown();
            for (Future<HttpResponse<String>> answer : held) {
                assertThat(answer.get().statusCode()).isEqualTo(422);
            }
            assertThat(uploadOnceThereIsRoom(gateway, first).statusCode()).isEqualTo(422);
        }
    }

    /** The place of one that was refused is free a moment after its answer. */
    private static HttpResponse<String> uploadOnceThereIsRoom(TestGateway gateway, TestGateway.Caller caller)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = upload(gateway, caller);
        while (answer.statusCode() == 503) {
            answer = upload(gateway, caller);
        }
        return answer;
    }

    private static HttpResponse<String> upload(TestGateway gateway, TestGateway.Caller caller)
            throws IOException, InterruptedException {
        return gateway.send(Form.of("a.txt", "text").on(caller.request("/documents/ingest")));
    }

    @Test
    void a_sender_that_is_too_slow_is_told_so() throws Exception {
        try (TestGateway gateway = Gateways.open(
                        config -> config.withUploads(UploadLimits.DEFAULT.atOnce(4, 4, Duration.ofMillis(300))));
                RawConnection slow = new RawConnection(gateway.port(), 0)) {
            begin(slow, gateway.newCaller(), 1_000_000);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        slow.say("x");
                        return slow.in().available() > 0;
                    });
            assertThat(slow.readUntil("request_timeout")).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void a_sender_of_which_nothing_comes_is_cut() throws Exception {
        try (TestGateway gateway = Gateways.open(config -> config.withTimes(idle(Duration.ofMillis(500))))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (RawConnection silent = new RawConnection(gateway.port(), 0)) {
                begin(silent, caller, 1_000_000);
                silent.say("a beginning");
                assertThat(silent.readAll()).startsWith("HTTP/1.1 408").contains("request_timeout");
            }
        }
    }

    @Test
    void a_sender_that_leaves_in_mid_upload_leaves_nothing_and_hears_nothing() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        List<CompletableFuture<Throwable>> seen =
                List.of(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
        AtomicLong calls = new AtomicLong();
        try (TestGateway gateway = Gateways.open(
                config -> config,
                ports -> Gateways.with(ports, "ingest", (real, arguments) -> {
                    CompletableFuture<Throwable> outcome = seen.get((int) calls.getAndIncrement());
                    try {
                        return real.ingest((dev.daveloper.domain.documents.Scope) arguments[0], (Upload) arguments[1]);
                    } catch (IOException e) {
                        outcome.complete(e);
                        throw e;
                    }
                }))) {
            TestGateway.Caller caller = gateway.newCaller();
            try (RawConnection gone = new RawConnection(gateway.port(), 0)) {
                begin(gone, caller, 1_000_000);
                gone.say("x".repeat(10_000));
            }
            assertThat(seen.get(0).get()).isInstanceOf(IOException.class);
            try (RawConnection quiet = new RawConnection(gateway.port(), 0)) {
                begin(quiet, caller, 1_000_000);
                quiet.say("x".repeat(10_000));
                quiet.fallSilent();
                assertThat(quiet.readAll()).isEmpty();
            }
            assertThat(seen.get(1).get()).isInstanceOf(IOException.class);
            assertThat(json(caller.get("/documents/status")).get("items")).isEmpty();
            assertThat(upload(gateway, caller).statusCode()).isEqualTo(202);
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list).isEmpty();
    }

    @Test
    void a_large_file_passes_through_without_ever_being_held() throws Exception {
        long big = 200L << 20;
        CountDownLatch gate = new CountDownLatch(1);
        AtomicLong taken = new AtomicLong();
        AtomicLong sent = new AtomicLong();
        try (TestGateway gateway = Gateways.open(
                        config -> config,
                        ports -> Gateways.with(ports, "ingest", (real, arguments) -> {
                            gate.await();
                            countAll(((Upload) arguments[1]).content(), taken);
                            throw DocumentRefused.tooLarge(1);
                        }));
                RawConnection sender = new RawConnection(gateway.port(), 0);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
                Closeable opening = gate::countDown) {
            assertThat(opening).isNotNull();
            byte[] end = ("\r\n--" + Form.BOUNDARY + "--\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            begin(sender, gateway.newCaller(), opening().length + big + end.length);
            Future<?> sending = others.submit(() -> {
                byte[] chunk = new byte[64 * 1024];
                for (long left = big; left > 0; left -= chunk.length) {
                    sender.say(chunk);
                    sent.addAndGet(chunk.length);
                }
                sender.say(end);
                return null;
            });
            // Nobody takes anything yet: what has been sent is what the kernel and we hold.
            AtomicLong before = new AtomicLong(-1);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(16L << 20);
            gate.countDown();
            sending.get();
            assertThat(sender.readUntil("document_too_large")).startsWith("HTTP/1.1 413");
            assertThat(taken.get()).isEqualTo(big);
        }
    }

    private static void countAll(InputStream content, AtomicLong taken) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            taken.addAndGet(read);
        }
    }

    private static HttpTimes idle(Duration idle) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                Q.socketHeartbeat(),
                Q.pongWithin(),
                Q.helloWithin(),
                Q.sendStuck(),
                Q.closeGrace(),
                idle,
                Q.answerWait(),
                Q.stop());
    }
}
