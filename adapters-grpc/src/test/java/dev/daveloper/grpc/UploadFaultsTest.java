package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.PLENTY;
import static dev.daveloper.application.testkit.Uploads.bytes;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Senders leave, services stall and die, and what was half handed over is kept by nobody. */
class UploadFaultsTest {
    private static final long MIB = 1L << 20;
    private static final long LONG_FILE = 64 * MIB;
    /** The transport's window, the chunks asked for, and one in the sender's hand, with room to spare. */
    private static final long IN_FLIGHT = 2 * MIB;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Opened opened = new Opened();

    private final Scope session = someSession();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void a_service_that_does_not_read_holds_its_sender_back() {
        WatchedDocuments service = new WatchedDocuments((memory, document, content) -> {
            gate.await();
            return memory.ingest(document, content);
        });
        GrpcDocuments documents = impatient(opened.serve(service).port());
        CountedSource source = CountedSource.of(LONG_FILE);

        assertThatThrownBy(() -> documents.ingest(longFile(), source)).isInstanceOf(DocumentsUnavailable.class);

        assertThat(source.given()).isPositive().isLessThan(IN_FLIGHT);
        gate.countDown();
        assertThat(service.broken).succeedsWithin(PATIENCE).isInstanceOf(IOException.class);
        assertThat(service.memory.jobs(session, 10)).isEmpty();
    }

    @Test
    void a_long_file_is_never_far_ahead_of_its_reader() throws Exception {
        CountedSource source = CountedSource.of(LONG_FILE);
        AtomicLong furthestAhead = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        GrpcDocuments documents = opened.documentsAt(opened.serve(new WatchedDocuments((memory, document, content) -> {
                    byte[] buffer = new byte[10_000];
                    long position = 0;
                    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                        furthestAhead.accumulateAndGet(source.given() - position, Math::max);
                        for (int i = 0; i < read; i++) {
                            wrong.addAndGet(buffer[i] == CountedSource.byteAt(position + i) ? 0 : 1);
                        }
                        position += read;
                    }
                    wrong.addAndGet(Math.abs(position - LONG_FILE));
                    return memory.ingest(document, bytes("read to its end"));
                }))
                .port());

        Accepted accepted = documents.ingest(longFile(), source);

        assertThat(accepted.duplicate()).isFalse();
        assertThat(wrong).hasValue(0);
        assertThat(furthestAhead).hasValueLessThan(IN_FLIGHT);
    }

    @Test
    void a_slow_upload_holds_up_nothing_but_uploads() throws Exception {
        WatchedDocuments service = new WatchedDocuments((memory, document, content) -> {
            gate.await();
            return memory.ingest(document, content);
        });
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        CountedSource source = CountedSource.of(MIB * 3);
        CompletableFuture<Object> upload = handingOver(documents, longFile(), source);
        await().until(() -> source.given() > MIB / 4);

        assertThat(documents.jobs(session, 10)).isEmpty();
        assertThat(upload).isNotDone();
        gate.countDown();
        assertThat(upload).succeedsWithin(PATIENCE).isInstanceOf(Accepted.class);
    }

    @Test
    void a_service_lost_in_mid_upload_is_told_of_and_keeps_nothing() throws Exception {
        WatchedDocuments service = new WatchedDocuments();
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(service).port()));
        GrpcDocuments documents = opened.documentsAt(network.port());
        CountedSource source = CountedSource.pausing(LONG_FILE, MIB, gate);
        CompletableFuture<Object> upload = handingOver(documents, longFile(), source);
        await().until(() -> source.given() >= MIB);

        network.cut();
        gate.countDown();

        assertThat(upload).succeedsWithin(PATIENCE).isInstanceOf(DocumentsUnavailable.class);
        assertThat(source.given()).isLessThan(LONG_FILE);
        assertThat(service.broken).succeedsWithin(PATIENCE).isInstanceOf(IOException.class);
        assertThat(service.memory.jobs(session, 10)).isEmpty();
    }

    @Test
    void a_server_that_must_close_breaks_uploads_off() throws Exception {
        WatchedDocuments service = new WatchedDocuments();
        DocumentsServer server = opened.serve(service);
        CountedSource source = CountedSource.pausing(LONG_FILE, MIB, gate);
        CompletableFuture<Object> upload = handingOver(opened.documentsAt(server.port()), longFile(), source);
        await().until(() -> source.given() >= MIB);

        server.close();
        gate.countDown();

        assertThat(upload).succeedsWithin(PATIENCE).isInstanceOf(DocumentsUnavailable.class);
        assertThat(service.broken).succeedsWithin(PATIENCE).isInstanceOf(IOException.class);
        assertThat(service.memory.jobs(session, 10)).isEmpty();
    }

    @Test
    void a_server_that_closes_lets_uploads_finish() throws Exception {
        DocumentsServer server = opened.serve(
                DocumentsServerConfig.of(0).serving(serving -> serving.withDrain(PATIENCE)), new WatchedDocuments());
        GrpcDocuments documents = opened.documentsAt(server.port());
        CountedSource source = CountedSource.pausing(2 * MIB, MIB, gate);
        CompletableFuture<Object> upload = handingOver(documents, longFile(), source);
        await().until(() -> source.given() >= MIB);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        await().until(() -> documents.unavailableFor().isPresent());
        gate.countDown();

        assertThat(upload).succeedsWithin(PATIENCE).isInstanceOf(Accepted.class);
        assertThat(closing).succeedsWithin(PATIENCE);
        server.awaitClose();
    }

    @Test
    void a_sender_that_leaves_reaches_the_service() {
        WatchedDocuments service = new WatchedDocuments();
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        IOException left = new IOException("the sender left");
        InputStream broken = new SequenceInputStream(CountedSource.of(3 * MIB), new InputStream() {
            @Override
            public int read() throws IOException {
                throw left;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw left;
            }
        });

        assertThatThrownBy(() -> documents.ingest(longFile(), broken)).isSameAs(left);
        assertThat(service.broken).succeedsWithin(PATIENCE).isInstanceOf(IOException.class);
        assertThat(service.memory.jobs(session, 10)).isEmpty();
    }

    @Test
    void an_interrupted_sender_stops() throws Exception {
        WatchedDocuments service = new WatchedDocuments((memory, document, content) -> {
            gate.await();
            return memory.ingest(document, content);
        });
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        AtomicReference<Object> outcome = new AtomicReference<>();
        CountedSource source = CountedSource.of(LONG_FILE);
        Thread sender = Thread.ofVirtual().start(() -> outcome.set(outcomeOf(documents, longFile(), source)));
        await().until(() -> source.given() > MIB / 4);

        sender.interrupt();
        assertThat(sender.join(PATIENCE)).isTrue();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        gate.countDown();
        assertThat(service.broken).succeedsWithin(PATIENCE).isInstanceOf(IOException.class);
    }

    @Test
    void what_was_accepted_while_the_sender_was_lost_is_forgotten() throws Exception {
        AtomicReference<TcpProxy> network = new AtomicReference<>();
        CountDownLatch accepted = new CountDownLatch(1);
        WatchedDocuments service = new WatchedDocuments((memory, document, content) -> {
            Accepted answer = memory.ingest(document, content);
            accepted.countDown();
            network.get().cut();
            gate.await();
            return answer;
        });
        network.set(opened.add(TcpProxy.to(opened.serve(service).port())));
        GrpcDocuments documents = opened.documentsAt(network.get().port());

        CompletableFuture<Object> upload = handingOver(documents, text(session, "lost.txt"), bytes("lost"));

        assertThat(accepted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(upload).succeedsWithin(PATIENCE).isInstanceOf(DocumentsUnavailable.class);
        gate.countDown();
        await().until(() -> service.memory.jobs(session, 10).isEmpty());
    }

    @Test
    void a_service_that_reads_but_never_answers_is_given_up() {
        WatchedDocuments service = new WatchedDocuments((memory, document, content) -> {
            assertThat(content.readAllBytes()).hasSize(1);
            gate.await();
            return memory.ingest(document, bytes("late"));
        });
        GrpcDocuments documents = impatient(opened.serve(service).port());

        assertThatThrownBy(() -> documents.ingest(text(session, "a.txt"), bytes("a")))
                .isInstanceOf(DocumentsUnavailable.class);

        gate.countDown();
        await().until(() -> service.memory.jobs(session, 10).isEmpty());
    }

    private GrpcDocuments impatient(int port) {
        return opened.documents(
                GrpcDocumentsConfig.of("dns:///localhost:" + port).withStallTimeout(Duration.ofSeconds(1)));
    }

    private NewDocument longFile() {
        return Uploads.of(session, "long.txt", MediaKind.TEXT, LONG_FILE, PLENTY);
    }

    private static CompletableFuture<Object> handingOver(
            GrpcDocuments documents, NewDocument document, InputStream source) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> outcome.complete(outcomeOf(documents, document, source)));
        return outcome;
    }

    /** The answer, or what it failed by. */
    private static Object outcomeOf(GrpcDocuments documents, NewDocument document, InputStream source) {
        try {
            return documents.ingest(document, source);
        } catch (IOException | InterruptedException | RuntimeException e) {
            return e;
        }
    }
}
