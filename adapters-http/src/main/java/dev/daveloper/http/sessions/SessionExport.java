package dev.daveloper.http.sessions;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.Documents.Filter;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.documents.DocumentView;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is kept of a session as one JSON text, written page by page, so that no session is too long for it. A store
 * that fails on the way leaves a text that breaks off, which no reader takes for whole.
 */
final class SessionExport {
    private static final String DISPOSITION = "attachment; filename=\"daveloper-session.json\"";

    private final Chat chat;
    private final Documents documents;
    private final JsonCodec json;

    SessionExport(Chat chat, Documents documents, JsonCodec json) {
        this.chat = chat;
        this.documents = documents;
        this.json = json;
    }

    void write(Context ctx, SessionId session, SessionView view) throws IOException {
        Scope own = Scope.of(session);
        Filter onlyOwn = new Filter(Optional.of(own), Optional.empty(), Optional.empty());
        // Before anything is written: who is away now can still be told of by a problem.
        chat.history(session, firstPage());
        documents.list(own, onlyOwn, firstPage());
        ctx.status(200);
        ctx.contentType(Accept.JSON);
        ctx.header("Content-Disposition", DISPOSITION);
        OutputStream out = ctx.res().getOutputStream();
        write(out, "{\"session\":");
        out.write(json.bytes(view));
        write(out, ",\"messages\":[");
        pages(out, page -> chat.history(session, page), MessageView::of);
        write(out, "],\"documents\":[");
        pages(out, page -> documents.list(own, onlyOwn, page), DocumentView::of);
        write(out, "]}");
    }

    private <T> void pages(OutputStream out, Function<PageRequest, Page<T>> read, Function<T, Object> view)
            throws IOException {
        Page<T> page = read.apply(firstPage());
        boolean first = true;
        while (true) {
            for (T item : page.items()) {
                if (!first) {
                    write(out, ",");
                }
                first = false;
                out.write(json.bytes(view.apply(item)));
            }
            if (page.nextCursor().isEmpty()) {
                return;
            }
            page = read.apply(new PageRequest(PageRequest.MAX_LIMIT, page.nextCursor()));
        }
    }

    private static PageRequest firstPage() {
        return new PageRequest(PageRequest.MAX_LIMIT, Optional.empty());
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
