package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.someDocument;
import static dev.daveloper.application.testkit.Uploads.someJob;
import static dev.daveloper.application.testkit.Uploads.someSession;
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
import dev.daveloper.domain.documents.Scope;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A document service that was not written here: what becomes of answers that are odd, or break the contract. */
class ForeignAnswersTest {
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
            assertFails(
                    FailureCode.DOCUMENTS_FAILED,
                    () -> documents.watch(someJob()).next(PATIENCE));
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
        assertThat(jobOf(odd))
                .isInstanceOfSatisfying(
                        IngestionJob.Processing.class,
                        processing -> assertThat(processing.progress()).isZero());
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
        // Ten looks a second would need minutes to see them all.
        await().until(() -> stream.next(Duration.ZERO) instanceof JobStep.Changed changed
                && changed.job().progress() == 1);
        assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
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
