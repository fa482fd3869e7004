package dev.daveloper.http.graphql;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.chat.RunView;
import dev.daveloper.http.documents.DocumentView;
import dev.daveloper.http.documents.JobView;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whatever has an identifier, by it alone: the prefix says what it is. */
final class NodeFields implements Fields {
    private final Chat chat;
    private final Documents documents;
    private final WebhookFields webhooks;
    private final Function<Session, SessionView> sessionView;

    NodeFields(HttpPorts ports, WebhookFields webhooks, Function<Session, SessionView> sessionView) {
        this.chat = ports.chat();
        this.documents = ports.documents();
        this.webhooks = webhooks;
        this.sessionView = sessionView;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type("Query", type -> type.dataFetcher("node", this::node));
    }

    /** What is not there and what is not the asker's are both null. */
    private @Nullable Object node(DataFetchingEnvironment environment) {
        String id = environment.getArgument("id");
        int end = id == null ? -1 : id.indexOf('_');
        if (id == null || end < 0) {
            return null;
        }
        try {
            return find(Given.asker(environment), id.substring(0, end + 1), id);
        } catch (NotFound e) {
            return null;
        }
    }

    private @Nullable Object find(Asker asker, String prefix, String id) {
        return switch (prefix) {
            case SessionId.PREFIX ->
                asker.session()
                        .filter(session -> session.id().value().equals(id))
                        .map(sessionView)
                        .orElse(null);
            case RunId.PREFIX -> RunView.of(chat.find(asker.requireSession().id(), Names.of("run", RunId::new, id)));
            case DocumentId.PREFIX ->
                DocumentView.of(documents.find(asker.scope(), Names.of("document", DocumentId::new, id)));
            case JobId.PREFIX -> JobView.of(documents.job(asker.scope(), Names.of("job", JobId::new, id)));
            case EndpointId.PREFIX -> asker.isAdmin() ? webhooks.find(Names.of("webhook", EndpointId::new, id)) : null;
            case DeliveryId.PREFIX -> asker.isAdmin() ? webhooks.find(Names.of("delivery", DeliveryId::new, id)) : null;
            default -> null;
        };
    }
}
