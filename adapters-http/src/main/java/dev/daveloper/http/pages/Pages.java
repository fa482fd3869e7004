package dev.daveloper.http.pages;

import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.security.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The pages and what they load, from the class path's {@code web} folder. Safe for use by many threads. */
public final class Pages {
    private static final String ROOT = "/web/";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,9}");
    private static final int MAX_ASSET_BYTES = 8 * 1024 * 1024;
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    private static final String PLAYGROUND = "graphiql/";

    /** At most as many as there are files in the folder: what is not there is not remembered. */
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    private final boolean playground;

    /** @param playground whether the one for GraphQL is among them */
    public Pages(boolean playground) {
        this.playground = playground;
    }

    public void register(RoutesConfig routes) {
        routes.get("/", ctx -> serve(ctx, "index.html"), Input.IGNORED);
        routes.get("/docs", ctx -> serve(ctx, "docs/index.html"), Input.IGNORED);
        routes.get("/status", ctx -> serve(ctx, "status/index.html"), Input.IGNORED);
        if (playground) {
            routes.get("/graphiql", this::playground, Input.IGNORED);
        }
        routes.get("/web/<path>", ctx -> serve(ctx, ctx.pathParam("path")), Input.IGNORED);
    }

    /** Answers with one of the pages. */
    public void serve(Context ctx, String path) {
        Asset asset = find(path)
                .orElseThrow(() -> new Refusal(TransportFailure.ROUTE_NOT_FOUND, "There is no such file here."));
        SecurityHeaders.page(ctx::header);
        asset.answer(ctx);
    }

    private void playground(Context ctx) {
        serve(ctx, PLAYGROUND + "index.html");
        SecurityHeaders.playground(ctx::header);
    }

    private Optional<Asset> find(String path) {
        String mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        boolean hidden = !playground && path.startsWith(PLAYGROUND);
        if (mediaType == null || hidden || !PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        Asset known = assets.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Asset> loaded = load(path, mediaType);
        loaded.ifPresent(asset -> assets.put(path, asset));
        return loaded;
    }

    private static Optional<Asset> load(String path, String mediaType) {
        try (InputStream in = Pages.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readNBytes(MAX_ASSET_BYTES);
            return Optional.of(Asset.of(bytes, mediaType));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
