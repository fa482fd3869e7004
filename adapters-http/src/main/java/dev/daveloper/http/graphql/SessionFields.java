package dev.daveloper.http.graphql;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.chat.RunView;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions, and the conversations in them. */
final class SessionFields implements Fields {
    private final Sessions sessions;
    private final Chat chat;
    private final Refusals refusals;

    SessionFields(HttpPorts ports, Refusals refusals) {
        this.sessions = ports.sessions();
        this.chat = ports.chat();
        this.refusals = refusals;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Query",
                type -> type.dataFetcher("session", this::current)
                        .dataFetcher("sessionCounts", environment -> sessions.counts()));
        wiring.type(
                "Session",
                type -> type.dataFetcher(
                                "id",
                                environment -> Given.source(environment, SessionView.class)
                                        .sessionId())
                        .dataFetcher("activeRun", this::activeRun)
                        .dataFetcher("messages", this::messages));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("openSession", refusals.given(this::open))
                        .dataFetcher("renewSession", refusals.given(this::renew))
                        .dataFetcher("endSession", refusals.given(this::end))
                        .dataFetcher("revokeSession", refusals.given(this::revoke))
                        .dataFetcher("clearConversation", refusals.given(this::clear)));
    }

    private @Nullable SessionView current(DataFetchingEnvironment environment) {
        return Given.asker(environment).session().map(this::view).orElse(null);
    }

    private @Nullable RunView activeRun(DataFetchingEnvironment environment) {
        return chat.active(ownOf(environment)).map(RunView::running).orElse(null);
    }

    private Map<String, Object> messages(DataFetchingEnvironment environment) {
        return Connections.of(chat.history(ownOf(environment), Connections.pageOf(environment)), MessageView::of);
    }

    private Object open(DataFetchingEnvironment environment) {
        Asker asker = Given.asker(environment);
        asker.admit(Activity.SESSIONS, Call.Amount.ONE);
        return opened(asker.open());
    }

    private Object renew(DataFetchingEnvironment environment) {
        Asker asker = Given.asker(environment);
        asker.admit(Activity.SESSIONS, Call.Amount.ONE);
        return opened(asker.renew());
    }

    private Object end(DataFetchingEnvironment environment) throws InterruptedException {
        Asker asker = Given.asker(environment);
        sessions.end(asker.requireSession().id());
        asker.forget();
        return Done.DONE;
    }

    private Object revoke(DataFetchingEnvironment environment) throws InterruptedException {
        sessions.revoke(Given.id(environment, "session", SessionId::new));
        return Done.DONE;
    }

    private Object clear(DataFetchingEnvironment environment) throws InterruptedException {
        chat.clear(Given.asker(environment).requireSession().id());
        return Done.DONE;
    }

    /** A session is never shown but to whoever has it, whichever way it was come by. */
    private static SessionId ownOf(DataFetchingEnvironment environment) {
        return Names.of(
                "session",
                SessionId::new,
                Given.source(environment, SessionView.class).sessionId());
    }

    private OpenedSession opened(Opened opened) {
        return new OpenedSession(view(opened.session()), opened.token().value());
    }

    SessionView view(Session session) {
        return SessionView.of(session, sessions);
    }

    /** @param token shown once */
    record OpenedSession(SessionView session, String token) {
        @Override
        public String toString() {
            return "OpenedSession[" + session.sessionId() + "]";
        }
    }
}
