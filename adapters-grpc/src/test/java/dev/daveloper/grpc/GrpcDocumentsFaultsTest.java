package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.bytes;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static dev.daveloper.application.testkit.Uploads.someJob;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.health.Status;
import dev.daveloper.grpc.documents.GrpcDocuments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Networks break, services die and come back, followers leave. */
class GrpcDocumentsFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofMillis(400);

    @RegisterExtension
    final Opened opened = new Opened();

    private final Scope session = someSession();
    private final WatchedDocuments service = new WatchedDocuments();

    @Test
    void a_service_that_accepts_connections_and_says_nothing_is_given_up() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            GrpcDocuments documents = impatient(hole.getLocalPort());
            assertAllUnavailable(documents);
            assertThat(documents.check().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void a_network_that_begins_to_swallow_everything_is_given_up() throws Exception {
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(service).port()));
        GrpcDocuments documents = impatient(network.port());
        await().ignoreExceptions().until(() -> documents.jobs(session, 10).isEmpty());

        network.stall();

        assertAllUnavailable(documents);
    }

    @Test
    void a_service_that_comes_after_us_is_found_within_two_seconds() throws Exception {
        int port = freePort();
        GrpcDocuments documents = opened.documentsAt(port);
        assertThatThrownBy(() -> documents.ingest(text(session, "a.txt"), bytes("a")))
                .isInstanceOfSatisfying(
                        DocumentsUnavailable.class,
                        refusal -> assertThat(refusal.detail()).doesNotContain("localhost", Integer.toString(port)));
        await().until(() -> documents.unavailableFor().isPresent());
        assertThat(documents.check().status()).isEqualTo(Status.FAIL);

        opened.serve(Opened.documentsAtOnce(port), service);
        await().atMost(RECOVERY).until(() -> documents.unavailableFor().isEmpty());
        assertThat(documents.check().status()).isEqualTo(Status.PASS);
        assertThat(ingested(documents, session, "a.txt", "here I am")).isNotNull();
    }

    @Test
    void a_follower_that_leaves_is_noticed_and_the_job_goes_on() throws Exception {
        service.memory.hold();
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        JobId job = handOver(documents, session, "a.txt", "a").job().ticket().id();
        JobStream stream = documents.watch(job);
        assertThat(stream.next(PATIENCE)).isInstanceOf(JobStep.Changed.class);
        AtomicReference<JobStep> waited = new AtomicReference<>();
        Thread puller = Thread.ofVirtual().start(() -> waited.set(pull(stream)));
        await().until(() -> puller.getState() == Thread.State.TIMED_WAITING || waited.get() != null);

        stream.close();
        stream.close();

        assertThat(puller.join(PATIENCE)).isTrue();
        assertThat(waited.get()).isEqualTo(JobStep.Ended.ENDED);
        assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
        assertThat(service.unwatched.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        service.memory.release();
        await().until(() -> documents.job(job).orElseThrow().isOver());
    }

    @Test
    void a_service_lost_while_a_job_is_followed_is_told_once() throws Exception {
        service.memory.hold();
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(service).port()));
        GrpcDocuments documents = opened.documentsAt(network.port());
        JobStream stream = documents.watch(
                handOver(documents, session, "a.txt", "a").job().ticket().id());
        assertThat(stream.next(PATIENCE)).isInstanceOf(JobStep.Changed.class);

        network.cut();

        assertThatThrownBy(() -> drain(stream)).isInstanceOf(DocumentsUnavailable.class);
        assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
    }

    @Test
    void a_job_is_followed_past_the_deadline_of_a_call() throws Exception {
        service.memory.hold();
        int port = opened.serve(service).port();
        GrpcDocuments documents = opened.documents(
                GrpcDocumentsConfig.of("dns:///localhost:" + port).withWatchTimeout(RECOVERY));
        JobStream stream = documents.watch(
                handOver(documents, session, "a.txt", "a").job().ticket().id());
        await().until(() -> stream.next(RECOVERY.multipliedBy(2)) instanceof JobStep.Quiet);

        service.memory.release();

        assertThat(drain(stream)).isInstanceOf(IngestionJob.Completed.class);
    }

    @Test
    void following_a_job_that_is_deleted_ends() throws Exception {
        service.memory.hold();
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        IngestionJob.Ticket ticket =
                handOver(documents, session, "a.txt", "a").job().ticket();
        JobStream stream = documents.watch(ticket.id());
        assertThat(stream.next(PATIENCE)).isInstanceOf(JobStep.Changed.class);

        assertThat(documents.delete(ticket.documentId())).isTrue();

        assertThat(pull(stream)).isEqualTo(JobStep.Ended.ENDED);
        assertThat(documents.job(ticket.id())).isEmpty();
    }

    @Test
    void a_cancelled_job_is_told_of() throws Exception {
        service.memory.hold();
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        JobId job = handOver(documents, session, "a.txt", "a").job().ticket().id();
        JobStream stream = documents.watch(job);
        assertThat(documents.unfinished(10)).hasSize(1);

        documents.cancel(job);

        assertThat(drain(stream)).isInstanceOf(IngestionJob.Cancelled.class);
        assertThat(documents.unfinished(10)).isEmpty();
    }

    @Test
    void a_long_list_of_jobs_comes_whole() {
        service.memory.hold();
        for (int i = 0; i < 450; i++) {
            handOver(service.memory, session, i + ".txt", "text " + i);
        }
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());

        List<IngestionJob> jobs = documents.unfinished(1_000);

        assertThat(jobs)
                .extracting(job -> job.ticket().name())
                .startsWith("0.txt", "1.txt")
                .endsWith("449.txt")
                .hasSize(450);
        assertThat(documents.unfinished(201)).hasSize(201);
        assertThat(documents.unfinished(0)).isEmpty();
    }

    @Test
    void closing_ends_calls_and_threads() throws Exception {
        service.memory.hold();
        GrpcDocuments documents = opened.documentsAt(opened.serve(service).port());
        JobStream stream = documents.watch(
                handOver(documents, session, "a.txt", "a").job().ticket().id());
        assertThat(stream.next(PATIENCE)).isInstanceOf(JobStep.Changed.class);

        documents.close();
        documents.close();

        assertThatThrownBy(() -> drain(stream)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.job(someJob())).isInstanceOf(DocumentsUnavailable.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.equals("grpc-documents-watch") || name.equals("grpc-uploads-watch")));
    }

    @Test
    void an_interrupted_search_stops() throws Exception {
        TcpProxy network = opened.add(TcpProxy.to(opened.serve(service).port()));
        GrpcDocuments documents = opened.documentsAt(network.port());
        assertThat(documents.search("anything", List.of(session), 5)).isEmpty();
        network.stall();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> documents.search("anything", List.of(session), 5))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void assertAllUnavailable(GrpcDocuments documents) {
        assertThatThrownBy(() -> documents.job(someJob())).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.jobs(session, 5)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.deleteAll(session)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.search("?", List.of(session), 5)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.watch(someJob()).next(PATIENCE)).isInstanceOf(DocumentsUnavailable.class);
        assertThatThrownBy(() -> documents.ingest(text(session, "a.txt"), bytes("a")))
                .isInstanceOf(DocumentsUnavailable.class);
    }

    private GrpcDocuments impatient(int port) {
        return opened.documents(GrpcDocumentsConfig.of("dns:///localhost:" + port)
                .withCallTimeout(SOON)
                .withStallTimeout(SOON));
    }

    /** Pulls to the end; the last state told. */
    private static IngestionJob drain(JobStream stream) throws InterruptedException {
        List<IngestionJob> told = new ArrayList<>();
        for (JobStep step = stream.next(PATIENCE); step != JobStep.Ended.ENDED; step = stream.next(PATIENCE)) {
            if (step instanceof JobStep.Changed changed) {
                told.add(changed.job());
            }
        }
        return told.getLast();
    }

    private static JobStep pull(JobStream stream) {
        try {
            JobStep step = stream.next(PATIENCE);
            while (step instanceof JobStep.Changed) {
                step = stream.next(PATIENCE);
            }
            return step;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
