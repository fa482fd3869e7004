package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.someDocument;
import static dev.daveloper.application.testkit.Uploads.someJob;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.grpc.documents.GrpcDocuments;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A document service that was not written here: its statuses, and words that people must not read. */
class ForeignDocumentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SECRET = "db-7.internal exploded";

    @RegisterExtension
    final Opened opened = new Opened();

    private final Scope session = someSession();
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
            names = {"OK", "UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED"})
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
