package dev.daveloper.application.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsToldTest {
    private final WebhooksFixture gateway = WebhooksFixture.open();

    @AfterEach
    void close() {
        gateway.documents.release();
        gateway.close();
    }

    private Accepted upload(Scope scope) throws Exception {
        return gateway.core().documents().ingest(scope, new Upload("a.txt", "text/plain", Uploads.bytes("Seagulls.")));
    }

    @Test
    void a_document_is_told_of_when_it_is_there_and_when_it_is_deleted() throws Exception {
        gateway.endpoint("a.example", EventType.DOCUMENT_INGESTED, EventType.DOCUMENT_DELETED);
        Scope scope = Scope.of(gateway.session());

        DocumentId document = upload(scope).job().ticket().documentId();
        await().until(() -> gateway.sender.sent().size() == 1);
        gateway.core().documents().delete(scope, document);

        await().until(() -> gateway.sender.sent().size() == 2);
        assertThat(gateway.told).containsExactly(EventType.DOCUMENT_INGESTED, EventType.DOCUMENT_DELETED);
        await().until(() -> gateway.notes().isEmpty());
    }

    @Test
    void an_ingestion_is_noted_before_its_acceptance_is_answered() throws Exception {
        gateway.endpoint("a.example", EventType.DOCUMENT_FAILED);
        gateway.documents.hold();
        Scope scope = Scope.of(gateway.session());

        Accepted accepted = upload(scope);

        assertThat(gateway.notes())
                .containsExactly(new Awaited.Ingestion(accepted.job().ticket().id(), scope));
    }

    @Test
    void what_was_ingested_while_no_gateway_ran_is_told_of_by_the_next() throws Exception {
        gateway.endpoint("a.example", EventType.DOCUMENT_INGESTED);
        gateway.documents.hold();
        upload(Scope.of(gateway.session()));
        gateway.close();
        gateway.documents.release();
        await().until(() -> gateway.documents.unfinished(10).isEmpty());
        gateway.clock.advance(Duration.ofMinutes(2));

        gateway.restart();

        await().until(() -> gateway.sender.sent().size() == 1);
        assertThat(gateway.told).containsExactly(EventType.DOCUMENT_INGESTED);
        await().until(() -> gateway.notes().isEmpty());
    }

    @Test
    void a_deletion_that_was_noted_and_no_more_is_made_and_told_of_by_the_next() throws Exception {
        gateway.endpoint("a.example", EventType.DOCUMENT_DELETED);
        Scope scope = Scope.of(gateway.session());
        DocumentId document = upload(scope).job().ticket().documentId();
        await().until(() -> gateway.documents.find(document).isPresent());
        gateway.held.await(new Awaited.Deletion(document, scope), gateway.clock.instant());
        gateway.clock.advance(Duration.ofMinutes(2));

        gateway.restart();

        await().until(() -> gateway.sender.sent().size() == 1);
        assertThat(gateway.documents.find(document)).isEmpty();
        assertThat(gateway.sender.sent().getFirst().headers().get("webhook-id"))
                .isEqualTo(EventId.of(EventType.DOCUMENT_DELETED, document.madeAt(), document.value())
                        .value());
    }

    @Test
    void a_note_of_a_job_that_nobody_knows_goes() {
        gateway.endpoint("a.example", EventType.DOCUMENT_INGESTED);
        gateway.held.await(new Awaited.Ingestion(Uploads.someJob(), Scope.SHARED), gateway.clock.instant());
        gateway.clock.advance(Duration.ofMinutes(2));

        gateway.restart();

        await().until(() -> gateway.notes().isEmpty());
        assertThat(gateway.told).isEmpty();
    }

    @Test
    void nobody_is_refused_an_upload_because_the_outbox_is_away_and_it_is_told_of_later() throws Exception {
        gateway.endpoint("a.example", EventType.DOCUMENT_INGESTED);
        Scope scope = Scope.of(gateway.session());
        gateway.held.goAway();

        upload(scope);
        await().until(() -> gateway.events.stream().anyMatch(GatewayEvent.DocumentIngested.class::isInstance));
        gateway.held.comeBack();

        // It is tried again some seconds later only.
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.sender.sent().size() == 1);
        assertThat(gateway.told).containsExactly(EventType.DOCUMENT_INGESTED);
    }

    @Test
    void what_nobody_wants_is_not_noted() throws Exception {
        gateway.endpoint("a.example", EventType.RUN_FAILED);
        gateway.documents.hold();
        Scope scope = Scope.of(gateway.session());

        upload(scope);

        assertThat(gateway.notes()).isEmpty();
    }
}
