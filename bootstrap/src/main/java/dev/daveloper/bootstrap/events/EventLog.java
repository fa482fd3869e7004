package dev.daveloper.bootstrap.events;

import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.Failure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line for each event: ids, outcomes and counts, never what somebody wrote, and no token. A session's id is
 * a name and opens nothing.
 */
public final class EventLog implements EventListener {
    private static final Logger LOG = LoggerFactory.getLogger("daveloper");

    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.SessionOpened opened ->
                LOG.atDebug().addKeyValue("session", opened.sessionId()).log("session opened");
            case GatewayEvent.SessionRenewed renewed ->
                LOG.atDebug().addKeyValue("session", renewed.sessionId()).log("session renewed");
            case GatewayEvent.SessionEnded ended ->
                LOG.atDebug()
                        .addKeyValue("session", ended.sessionId())
                        .addKeyValue("how", ended.how().wireName())
                        .log("session ended");
            case GatewayEvent.RunStarted started ->
                about(LOG.atDebug(), started.run()).log("answer started");
            case GatewayEvent.RunEnded ended -> ended(ended);
            case GatewayEvent.DocumentIngested ingested -> ingested(ingested.document());
            case GatewayEvent.DocumentFailed failed ->
                about(LOG.atInfo(), failed.ticket())
                        .addKeyValue("error", failed.failure().code().wireName())
                        .log("document failed");
            case GatewayEvent.DocumentDeleted deleted ->
                about(LOG.atInfo(), deleted.documentId(), deleted.scope()).log("document deleted");
            case GatewayEvent.LimitExceeded exceeded -> exceeded(exceeded);
            case GatewayEvent.HealthChanged changed -> changed(changed);
            case GatewayEvent.EndpointDisabled disabled ->
                LOG.atWarn()
                        .addKeyValue("webhook", disabled.endpoint().id())
                        .addKeyValue("reason", disabled.reason().wireName())
                        .log("webhook disabled");
            case GatewayEvent.EndpointTested tested ->
                LOG.atInfo().addKeyValue("webhook", tested.endpoint()).log("webhook tested");
            case GatewayEvent.Trouble trouble ->
                LOG.atError()
                        .addKeyValue("where", trouble.where())
                        .setCause(trouble.cause())
                        .log("trouble");
        }
    }

    private static void exceeded(GatewayEvent.LimitExceeded event) {
        LOG.atDebug()
                .addKeyValue("policy", event.policy())
                .addKeyValue("refused", event.refused())
                .log("rate limit exceeded");
    }

    private static void changed(GatewayEvent.HealthChanged event) {
        LOG.atInfo()
                .addKeyValue("component", event.now().component())
                .addKeyValue("status", event.now().status().wireName())
                .addKeyValue("before", event.before().wireName())
                .log("health changed");
    }

    private static void ended(GatewayEvent.RunEnded event) {
        AssistantMessage answer = event.message();
        LoggingEventBuilder line = about(LOG.atInfo(), event.run())
                .addKeyValue("outcome", answer.outcome().wireName())
                .addKeyValue(
                        "ms",
                        Duration.between(event.run().startedAt(), event.at()).toMillis())
                .addKeyValue("chars", answer.text().length())
                .addKeyValue("citations", answer.citations().size())
                .addKeyValue("tools", answer.toolCalls().size());
        if (answer.error().isPresent()) {
            Failure error = answer.error().get();
            line = line.addKeyValue("error", error.code().wireName());
        }
        line.log("answer ended");
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, Run run) {
        return line.addKeyValue("run", run.id()).addKeyValue("session", run.sessionId());
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, DocumentId document, Scope scope) {
        return line.addKeyValue("document", document)
                .addKeyValue(
                        "scope",
                        scope instanceof Scope.OfSession own ? own.session().value() : "shared");
    }

    private static void ingested(Document document) {
        about(LOG.atInfo(), document.id(), document.scope())
                .addKeyValue("job", document.jobId())
                .addKeyValue("kind", document.kind().wireName())
                .addKeyValue("bytes", document.bytes())
                .addKeyValue("passages", document.passages())
                .log("document ingested");
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, IngestionJob.Ticket ticket) {
        return about(line, ticket.documentId(), ticket.scope())
                .addKeyValue("job", ticket.id())
                .addKeyValue("kind", ticket.kind().wireName())
                .addKeyValue("bytes", ticket.bytes());
    }
}
