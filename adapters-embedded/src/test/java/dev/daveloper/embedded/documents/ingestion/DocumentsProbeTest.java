package dev.daveloper.embedded.documents.ingestion;

import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class DocumentsProbeTest {
    @RegisterExtension
    final TestDocuments opener = new TestDocuments();

    private final TextReader reader = new TextReader();

    @Test
    void a_service_that_keeps_up_is_well_and_one_that_is_closed_is_not() throws Exception {
        EmbeddedDocuments documents = opener.open(Optional.empty(), reader);
        HealthProbe probe = documents.probe();

        assertThat(probe.component()).isEqualTo("documents");
        assertThat(probe.vital()).isFalse();
        assertThat(probe.check()).isEqualTo(Finding.PASS);
        assertThat(documents.indexProbe().component()).isEqualTo("index");
        assertThat(documents.indexProbe().vital()).isFalse();
        assertThat(documents.indexProbe().check()).isEqualTo(Finding.PASS);
        documents.close();
        assertThat(probe.check().status()).isEqualTo(Status.FAIL);
        assertThat(documents.indexProbe().check().status()).isEqualTo(Status.FAIL);
    }

    @Test
    void a_queue_that_fills_up_is_warned_of() throws Exception {
        EmbeddedDocuments documents =
                opener.open(TestDocuments.config(Optional.empty()).with(1, 5), reader);
        reader.hold();
        handOver(documents, someSession(), "being read.txt", "text");
        await().until(() -> reader.reading() == 1);
        for (int i = 0; i < 3; i++) {
            handOver(documents, someSession(), "waits.txt", "text");
        }
        assertThat(documents.probe().check()).isEqualTo(Finding.PASS);
        handOver(documents, someSession(), "waits.txt", "text");

        assertThat(documents.probe().check())
                .isEqualTo(Finding.warning(ErrorClass.FULL, "4 of 5 documents that may wait do."));
    }

    @Test
    void what_waits_and_what_is_being_ingested_is_told() throws Exception {
        EmbeddedDocuments documents =
                opener.open(TestDocuments.config(Optional.empty()).with(1, 5), reader);
        reader.hold();
        handOver(documents, someSession(), "being read.txt", "text");
        await().until(() -> reader.reading() == 1);
        handOver(documents, someSession(), "waits.txt", "text");

        DocumentsStats stats = documents.stats();
        assertThat(stats.waiting()).isOne();
        assertThat(stats.processing()).isOne();
        assertThat(stats.limit()).isEqualTo(5);
        assertThat(stats.database().writes().limit()).isPositive();
    }
}
