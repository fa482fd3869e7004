package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.someDocument;
import static dev.daveloper.application.testkit.Uploads.someJob;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.grpc.documents.GrpcDocuments;
import dev.daveloper.proto.documents.v1.Document;
import dev.daveloper.proto.documents.v1.GetDocumentResponse;
import dev.daveloper.proto.documents.v1.GetJobResponse;
import dev.daveloper.proto.documents.v1.IngestResponse;
import dev.daveloper.proto.documents.v1.Job;
import dev.daveloper.proto.documents.v1.JobFailed;
import dev.daveloper.proto.documents.v1.JobProcessing;
import dev.daveloper.proto.documents.v1.ListDocumentsResponse;
import dev.daveloper.proto.documents.v1.MediaKind;
import dev.daveloper.proto.documents.v1.Passage;
import dev.daveloper.proto.documents.v1.SearchPassagesResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A document service that was not written here: odd answers, odd statuses, and words that people must not read. */
class ForeignDocumentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SECRET = "db-7.internal exploded";

    @RegisterExtension
    final Opened opened = new Opened();

    private final Scope session = someSession();
    private final Job queued = Job.newBuilder()
            .setJobId(someJob().value())
            .setDocumentId(someDocument().value())
            .setScope("shared")
            .setName("a.txt")
            .setKind(MediaKind.MEDIA_KIND_TEXT)
            .setSizeBytes(1)
            .setAcceptedAt(Timestamp.getDefaultInstance())
            .setChangedAt(Timestamp.getDefaultInstance())
            .build();
    private final Document document = Document.newBuilder()
            .setDocumentId(someDocument().value())
            .setJobId(someJob().value())
            .setScope("shared")
            .setName("a.txt")
            .setKind(MediaKind.MEDIA_KIND_PDF)
            .setSha256("0".repeat(64))
            .setPages(3)
            .setIngestedAt(Timestamp.getDefaultInstance())
            .build();
    private final Passage passage = Passage.newBuilder()
            .setDocumentId(someDocument().value())
            .setDocumentName("a.txt")
            .setText("text")
            .setPage(2)
            .setScore(1)
            .build();

    private ForeignDocuments foreign;
    private GrpcDocuments documents;

    @BeforeEach
    void serve() throws Exception {
        foreign = opened.add(new ForeignDocuments());
        documents = opened.documentsAt(foreign.port());
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OK", "UNAVAILABLE", "DEADLINE_EXCEEDED"})
    void most_statuses_are_a_failure_of_the_service_which_keeps_its_words(Code code) {
        foreign.endWith(code.toStatus().withDescription(SECRET));
        FailureCode expected =
                code == Code.RESOURCE_EXHAUSTED ? FailureCode.DOCUMENTS_BUSY : FailureCode.DOCUMENTS_FAILED;
        assertFails(expected, () -> documents.delete(someDocument()));
        assertFails(expected, () -> documents.jobs(session, 5));
        assertFails(expected, () -> documents.search("?", List.of(session), 5));
        if (code != Code.NOT_FOUND) {
            assertFails(expected, () -> documents.job(someJob()));
            assertFails(expected, () -> documents.watch(someJob()).next(PATIENCE));
        }
    }

    @Test
    void refusals_without_a_reason_are_told_by_their_status() {
        Map<Code, FailureCode> table = Map.of(
                Code.OUT_OF_RANGE, FailureCode.DOCUMENT_TOO_LARGE,
                Code.FAILED_PRECONDITION, FailureCode.DOCUMENT_UNREADABLE,
                Code.RESOURCE_EXHAUSTED, FailureCode.DOCUMENTS_BUSY,
                Code.INVALID_ARGUMENT, FailureCode.DOCUMENTS_FAILED,
                Code.UNIMPLEMENTED, FailureCode.DOCUMENTS_FAILED);
        table.forEach((status, code) -> {
            foreign.endWith(status.toStatus().withDescription(SECRET));
            assertFails(code, () -> handOver(documents, session, "a.txt", "a"));
        });
    }

    @Test
    void an_upload_that_may_have_been_accepted_is_taken_back() {
        foreign.endWith(Status.UNAVAILABLE);
        NewDocument lost = text(session, "lost.txt");
        assertThatThrownBy(() -> handOver(documents, lost, "lost")).isInstanceOf(DocumentsUnavailable.class);
        await().until(() -> foreign.deleted.contains(lost.documentId().value()));
        assertThat(foreign.calls).as("never handed over twice").containsOnlyOnce("Ingest");

        foreign.endWith(Status.OUT_OF_RANGE);
        NewDocument refused = text(session, "refused.txt");
        assertThatThrownBy(() -> handOver(documents, refused, "refused")).isInstanceOf(GatewayException.class);
        assertThat(documents.unavailableFor()).isEmpty();
        assertThat(foreign.deleted).hasSize(1);
    }

    @Test
    void calls_that_only_read_are_repeated_and_no_others() {
        foreign.endWith(Status.UNAVAILABLE);
        assertFails(FailureCode.DOCUMENTS_UNAVAILABLE, () -> documents.job(someJob()));
        assertFails(FailureCode.DOCUMENTS_UNAVAILABLE, () -> documents.delete(someDocument()));
        assertThat(Collections.frequency(foreign.calls, "GetJob")).isEqualTo(3);
        assertThat(Collections.frequency(foreign.calls, "DeleteDocument")).isEqualTo(1);
    }

    @Test
    void a_job_that_was_not_asked_for_is_no_answer() {
        foreign.accepted = IngestResponse.newBuilder().setJob(queued).build();
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> handOver(documents, session, "a.txt", "a"));
        foreign.accepted = foreign.accepted.toBuilder().setDuplicate(true).build();
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> handOver(documents, session, "a.txt", "a"));
        assertThat(handOver(documents, Scope.SHARED, "a.txt", "a").duplicate()).isTrue();
    }

    @Test
    void single_answers_that_break_the_contract_fail_the_call() {
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.job(someJob()));
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.find(someDocument()));
        for (Job bad : List.of(
                queued.toBuilder().setJobId("1").build(),
                queued.toBuilder().setScope("?").build(),
                queued.toBuilder().setName("").build(),
                queued.toBuilder().setKindValue(99).build(),
                queued.toBuilder().setSizeBytes(-1).build(),
                queued.toBuilder().clearChangedAt().build())) {
            foreign.job = GetJobResponse.newBuilder().setJob(bad).build();
            assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.job(someJob()));
            foreign.jobs = List.of(bad);
            assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.watch(someJob())
                    .next(PATIENCE));
        }
        foreign.document = GetDocumentResponse.newBuilder()
                .setDocument(document.toBuilder().setSha256("short"))
                .build();
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.find(someDocument()));
        foreign.page = ListDocumentsResponse.newBuilder()
                .setNextPageToken("x".repeat(513))
                .build();
        assertFails(FailureCode.DOCUMENTS_FAILED, this::firstPage);
    }

    @Test
    void elements_that_break_the_contract_are_left_out() throws Exception {
        foreign.page = ListDocumentsResponse.newBuilder()
                .addDocuments(document.toBuilder().setPages(-1))
                .addDocuments(document)
                .addDocuments(document)
                .addDocuments(document)
                .build();
        assertThat(firstPage()).as("no more than was asked for").hasSize(2);
        foreign.passages = SearchPassagesResponse.newBuilder()
                .addPassages(passage.toBuilder().setScore(Double.NaN))
                .addPassages(passage.toBuilder().clearText())
                .addPassages(passage)
                .build();
        assertThat(documents.search("?", List.of(session), 5))
                .singleElement()
                .satisfies(found -> assertThat(found.page()).hasValue(2));
        foreign.jobs = List.of(queued, queued.toBuilder().clearName().build(), queued, queued);
        assertThat(documents.jobs(session, 2)).hasSize(2);
    }

    @Test
    void an_answer_larger_than_agreed_fails_the_call() {
        foreign.passages = SearchPassagesResponse.newBuilder()
                .addPassages(passage.toBuilder().setText("x".repeat(5 << 20)))
                .build();
        assertFails(FailureCode.DOCUMENTS_FAILED, () -> documents.search("?", List.of(session), 5));
    }

    @Test
    void states_that_are_not_known_yet_are_read_as_the_contract_says() {
        assertThat(jobOf(queued)).isInstanceOf(IngestionJob.Queued.class);
        Job odd = queued.toBuilder()
                .setProcessing(JobProcessing.newBuilder().setStageValue(99).setProgress(Double.NaN))
                .build();
        assertThat(jobOf(odd)).isInstanceOfSatisfying(IngestionJob.Processing.class, processing -> assertThat(
                        processing.progress())
                .isZero());
    }

    @Test
    void what_a_failed_job_says_is_fit_to_be_shown() {
        assertThat(failureOf("document_encrypted", "It asks for\r\n a \u202Epassword."))
                .isEqualTo(new Failure(FailureCode.DOCUMENT_ENCRYPTED, "It asks for a password."));
        assertThat(failureOf("document_encrypted", "x".repeat(1_000)).detail()).hasSize(300);
        assertThat(failureOf("document_empty", "").detail()).isEqualTo("The document has no text.");
        for (String unknown : List.of("", "internal", "agent_failed", "document_cursed", "documents_failed")) {
            assertThat(failureOf(unknown, SECRET))
                    .isEqualTo(new Failure(FailureCode.DOCUMENTS_FAILED, "The document service failed."));
        }
    }

    @Test
    void of_many_changes_the_last_is_told() throws Exception {
        foreign.jobs = IntStream.rangeClosed(0, 5_000)
                .mapToObj(i -> queued.toBuilder()
                        .setProcessing(JobProcessing.newBuilder().setProgress(i / 5_000.0))
                        .build())
                .toList();
        JobStream stream = documents.watch(new JobId(queued.getJobId()));
        int told = 0;
        double last = -1;
        for (JobStep step = stream.next(PATIENCE); step != JobStep.Ended.ENDED; step = stream.next(PATIENCE)) {
            told++;
            double now = ((JobStep.Changed) step).job().progress();
            assertThat(now).isGreaterThan(last);
            last = now;
            // A puller with better things to do.
            Thread.yield();
        }
        assertThat(last).isEqualTo(1);
        assertThat(told).isLessThanOrEqualTo(5_001);
    }

    @Test
    void calls_carry_who_asks_and_a_deadline() {
        GrpcDocuments traced = opened.add(GrpcDocumentServices.connect(
                GrpcDocumentsConfig.of("dns:///localhost:" + foreign.port()),
                () -> Map.of("traceparent", "00-1", "x-request-id", "r1")));
        foreign.endWith(Status.NOT_FOUND);
        assertThat(traced.job(someJob())).isEmpty();
        assertThat(traced.find(someDocument())).isEmpty();
        assertThat(foreign.metadata).allSatisfy(sent -> {
            assertThat(sent.get(key("traceparent"))).isEqualTo("00-1");
            assertThat(sent.get(key("x-request-id"))).isEqualTo("r1");
            assertThat(sent.get(key("grpc-timeout"))).isNotNull();
        });
    }

    @Test
    void a_service_without_health_is_well() throws Exception {
        assertThat(documents.check().detail()).isEmpty();
        assertThat(documents.component()).isEqualTo("documents");
        assertThat(documents.vital()).isFalse();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private List<?> firstPage() {
        return documents
                .list(DocumentQuery.of(List.of(session)), new PageRequest(2, Optional.empty()))
                .items();
    }

    private IngestionJob jobOf(Job job) {
        foreign.job = GetJobResponse.newBuilder().setJob(job).build();
        return documents.job(someJob()).orElseThrow();
    }

    private Failure failureOf(String code, String detail) {
        Job failed = queued.toBuilder()
                .setFailed(JobFailed.newBuilder().setCode(code).setDetail(detail))
                .build();
        return ((IngestionJob.Failed) jobOf(failed)).failure();
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void assertFails(FailureCode code, Call call) {
        assertThatThrownBy(call::make).isInstanceOfSatisfying(GatewayException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).doesNotContain(SECRET);
        });
    }
}
