package dev.daveloper.http.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens a session, tells of it, ends it. */
public final class SessionRoutes {
    private final Sessions sessions;
    private final Chat chat;
    private final Callers callers;
    private final Bodies bodies;
    private final Consumer<SessionId> onEnd;

    /** @param onEnd hears of every session that its owner ended here */
    public SessionRoutes(Sessions sessions, Chat chat, Callers callers, Bodies bodies, Consumer<SessionId> onEnd) {
        this.sessions = sessions;
        this.chat = chat;
        this.callers = callers;
        this.bodies = bodies;
        this.onEnd = onEnd;
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/sessions", this::open);
        routes.get(prefix + "/sessions/current", this::current);
        routes.delete(prefix + "/sessions/current", this::end);
    }

    private void open(Context ctx) {
        Opened opened = callers.open(ctx);
        bodies.write(
                ctx,
                201,
                new OpenedView(
                        opened.session().id().value(),
                        opened.token().value(),
                        opened.session().createdAt().toString(),
                        opened.expiresAt().toString()));
    }

    private void current(Context ctx) {
        Session session = callers.require(ctx.req());
        String activeRun =
                chat.active(session.id()).map(run -> run.id().value()).orElse(null);
        bodies.write(
                ctx,
                200,
                new CurrentView(
                        session.id().value(),
                        session.createdAt().toString(),
                        sessions.expiryOf(session).toString(),
                        activeRun));
    }

    private void end(Context ctx) throws InterruptedException {
        Session session = callers.require(ctx.req());
        sessions.end(session.id());
        onEnd.accept(session.id());
        callers.forget(ctx);
        ctx.status(204);
    }

    private record OpenedView(String sessionId, String token, String createdAt, String expiresAt) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record CurrentView(
            String sessionId,
            String createdAt,
            String expiresAt,
            @Nullable String activeRunId) {}
}
