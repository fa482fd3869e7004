package dev.daveloper.grpc.documents;

import static dev.daveloper.application.testkit.Uploads.someSession;
import static dev.daveloper.application.testkit.Uploads.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.grpc.StatusDetails;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of statuses, read in both directions. */
class StatusesTest {
    private static final NewDocument DOCUMENT = text(someSession(), "a.txt");

    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"DOCUMENT_.*"},
            mode = EnumSource.Mode.MATCH_ALL)
    void a_refused_document_is_refused_for_the_same_reason_on_the_other_side(FailureCode code) {
        GatewayException read =
                Statuses.failure(Statuses.of(new DocumentRefused(code, "words of the service")), DOCUMENT);
        assertThat(read).isInstanceOf(DocumentRefused.class);
        assertThat(read.code()).isEqualTo(code);
        assertThat(read.detail()).isNotBlank().doesNotContain("words of the service");
    }

    @Test
    void refusals_name_the_bounds_that_were_set() {
        assertThat(refusal(FailureCode.DOCUMENT_TOO_LARGE).detail())
                .isEqualTo(DocumentRefused.tooLarge(DOCUMENT.maxBytes()).detail());
        assertThat(refusal(FailureCode.DOCUMENT_EMPTY).detail())
                .isEqualTo(DocumentRefused.empty().detail());
        assertThat(refusal(FailureCode.DOCUMENT_QUOTA_EXCEEDED).detail())
                .contains(Integer.toString(DOCUMENT.quota().scopeFiles()));
    }

    @Test
    void each_failure_has_its_status_and_is_the_same_again() {
        assertBothWays(DocumentsUnavailable.busy(), Code.UNAVAILABLE, FailureCode.DOCUMENTS_BUSY);
        assertBothWays(new DocumentsUnavailable(), Code.UNAVAILABLE, FailureCode.DOCUMENTS_UNAVAILABLE);
        assertBothWays(new StoreUnavailable(new IOException()), Code.UNAVAILABLE, FailureCode.DOCUMENTS_UNAVAILABLE);
        assertBothWays(AtCapacity.shuttingDown(), Code.UNAVAILABLE, FailureCode.DOCUMENTS_UNAVAILABLE);
        assertBothWays(new DocumentsFailed(new IOException("x")), Code.INTERNAL, FailureCode.DOCUMENTS_FAILED);
        assertBothWays(new NotFound("job"), Code.NOT_FOUND, FailureCode.DOCUMENTS_FAILED);
        assertBothWays(new InvalidRequest("#/a", "no"), Code.INVALID_ARGUMENT, FailureCode.DOCUMENTS_FAILED);
        assertThat(Statuses.of(new IllegalStateException("secret")).getMessage())
                .startsWith("INTERNAL")
                .doesNotContain("secret");
    }

    @Test
    void a_reason_of_another_house_means_nothing() {
        ErrorInfo foreign = ErrorInfo.newBuilder()
                .setReason("document_empty")
                .setDomain("elsewhere.test")
                .build();
        assertThat(Statuses.failure(StatusDetails.with(Status.FAILED_PRECONDITION, "", List.of(foreign)), DOCUMENT)
                        .code())
                .isEqualTo(FailureCode.DOCUMENT_UNREADABLE);
    }

    @Test
    void a_reason_that_is_not_known_yet_is_a_document_that_cannot_be_read() {
        ErrorInfo later = ErrorInfo.newBuilder()
                .setReason("document_haunted")
                .setDomain("documents.daveloper.dev")
                .build();
        assertThat(Statuses.failure(StatusDetails.with(Status.FAILED_PRECONDITION, "", List.of(later)), DOCUMENT)
                        .code())
                .isEqualTo(FailureCode.DOCUMENT_UNREADABLE);
    }

    private static GatewayException refusal(FailureCode code) {
        return Statuses.failure(Statuses.of(new DocumentRefused(code, "")), DOCUMENT);
    }

    private static void assertBothWays(GatewayException failure, Code status, FailureCode read) {
        StatusRuntimeException written = Statuses.of(failure);
        assertThat(written.getStatus().getCode()).isEqualTo(status);
        assertThat(Statuses.failure(written, DOCUMENT).code()).isEqualTo(read);
        assertThat(Statuses.failure(written).code()).isEqualTo(read);
    }
}
