package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.PageQuery;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said in the caller's session. The id in the path grants nothing: it must be the caller's own. */
final class HistoryRoutes {
    private final Chat chat;
    private final Callers callers;
    private final Requests requests;
    private final Bodies bodies;

    HistoryRoutes(Chat chat, Callers callers, Requests requests, Bodies bodies) {
        this.chat = chat;
        this.callers = callers;
        this.requests = requests;
        this.bodies = bodies;
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/agent/chat/history/{sessionId}", this::read, Input.READ);
        routes.delete(prefix + "/agent/chat/history/{sessionId}", this::clear);
    }

    private void read(Context ctx) {
        SessionId session = ownSession(ctx);
        PageRequest page = requests.query(ctx, PageQuery.class).toPage();
        bodies.write(ctx, 200, PageView.of(chat.history(session, page)));
    }

    private void clear(Context ctx) throws InterruptedException {
        chat.clear(ownSession(ctx));
        ctx.status(204);
    }

    private SessionId ownSession(Context ctx) {
        SessionId own = callers.require(ctx.req()).id();
        if (!own.value().equals(ctx.pathParam("sessionId"))) {
            throw new NotFound("session");
        }
        return own;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record PageView(
            List<MessageView> items, @Nullable String nextCursor) {
        static PageView of(Page<Message> page) {
            return new PageView(
                    page.items().stream().map(MessageView::of).toList(),
                    page.nextCursor().orElse(null));
        }
    }
}
