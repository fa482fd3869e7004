package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Library;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.http.pages.Pages;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.ServerTiming;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.regex.Pattern;

/** The library's documents: their Markdown as text, and the page that shows it. */
public final class LibraryRoutes {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,9}");
    private static final String SOURCE = ".md";

    private final Library library;
    private final Pages pages;

    public LibraryRoutes(Library library, Pages pages) {
        this.library = library;
        this.pages = pages;
    }

    public void register(RoutesConfig routes) {
        routes.get("/library/<path>", this::read, Input.IGNORED);
    }

    private void read(Context ctx) {
        String path = ctx.pathParam("path");
        boolean wantsSource = path.endsWith(SOURCE);
        String name = wantsSource ? path.substring(0, path.length() - SOURCE.length()) : path;
        String markdown = find(name);
        if (!wantsSource) {
            pages.serve(ctx, "reader.html");
            return;
        }
        ServerTiming.omit(ctx.req());
        ctx.contentType("text/markdown; charset=utf-8");
        ctx.header("Cache-Control", "no-cache");
        ctx.result(markdown);
    }

    private String find(String name) {
        if (!PATH.matcher(name).matches()) {
            throw new NotFound("document");
        }
        return library.markdown(name).orElseThrow(() -> new NotFound("document"));
    }
}
