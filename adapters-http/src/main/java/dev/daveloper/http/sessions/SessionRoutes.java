package dev.daveloper.http.sessions;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.sessions.in.Sessions.Opened;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.security.Admins;
import dev.daveloper.http.security.Callers;
import dev.daveloper.http.sessions.SessionViews.CurrentView;
import dev.daveloper.http.sessions.SessionViews.OpenedView;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** Opens a session, tells of it, renews it, hands over all that is kept of it, ends it. */
public final class SessionRoutes {
    private final Sessions sessions;
    private final Chat chat;
    private final Callers callers;
    private final Admins admins;
    private final Bodies bodies;
    private final SessionExport export;

    public SessionRoutes(HttpParts parts) {
        this.sessions = parts.ports().sessions();
        this.chat = parts.ports().chat();
        this.callers = parts.callers();
        this.admins = parts.admins();
        this.bodies = parts.bodies();
        this.export = new SessionExport(chat, parts.ports().documents(), parts.json());
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/sessions", this::open);
        routes.get(prefix + "/sessions/current", this::current);
        routes.delete(prefix + "/sessions/current", this::end);
        routes.post(prefix + "/sessions/current/renew", this::renew);
        routes.get(prefix + "/sessions/current/export", this::export);
        routes.get(prefix + "/sessions/stats", this::stats);
        routes.delete(prefix + "/sessions/{sessionId}", this::revoke);
    }

    private void open(Context ctx) {
        bodies.write(ctx, 201, OpenedView.of(callers.open(ctx)));
    }

    private void current(Context ctx) {
        Session session = callers.require(ctx.req());
        String activeRun =
                chat.active(session.id()).map(run -> run.id().value()).orElse(null);
        bodies.write(ctx, 200, CurrentView.of(SessionView.of(session, sessions), activeRun));
    }

    private void renew(Context ctx) {
        Opened renewed = callers.renew(ctx);
        bodies.write(ctx, 200, OpenedView.of(renewed));
    }

    private void export(Context ctx) throws IOException {
        Session session = callers.require(ctx.req());
        export.write(ctx, session.id(), SessionView.of(session, sessions));
    }

    private void end(Context ctx) throws InterruptedException {
        Session session = callers.require(ctx.req());
        sessions.end(session.id());
        callers.forget(ctx);
        ctx.status(204);
    }

    private void stats(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(ctx, 200, sessions.counts());
    }

    private void revoke(Context ctx) throws InterruptedException {
        admins.requireAdmin(ctx);
        sessions.revoke(idOf(ctx));
        ctx.status(204);
    }

    /** An id that cannot be one names nothing, as one that is unknown. */
    private static SessionId idOf(Context ctx) {
        try {
            return new SessionId(ctx.pathParam("sessionId"));
        } catch (InvalidValue e) {
            throw new NotFound("session");
        }
    }
}
