package dev.daveloper.http.cache;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheControl.Warmed;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import dev.daveloper.http.security.Admins;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cache, for administrators: what it does, and how to empty, warm, save and restore it. */
public final class CacheRoutes {
    /** Where a body is taken that is not JSON, below each prefix. */
    public static final String RESTORE_PATH = "/cache/restore";

    /** What a backup is: no registered type, for it is read by this program alone. */
    static final String BACKUP_TYPE = "application/vnd.daveloper.cache";

    private static final String NDJSON = "application/x-ndjson";
    private static final int MAX_TAGS = 32;
    private static final int MAX_NAMES = 100;

    private final CacheControl control;
    private final Admins admins;
    private final Requests requests;
    private final Bodies bodies;
    private final JsonCodec json;

    public CacheRoutes(HttpParts parts) {
        this.control = parts.ports().cacheControl();
        this.admins = parts.admins();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
        this.json = parts.json();
    }

    public void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/cache/stats", this::stats);
        routes.delete(prefix + "/cache", this::forget, Input.READ);
        routes.post(prefix + "/cache/warm", this::warm, Input.READ);
        routes.post(prefix + "/cache/backup", this::backup);
        routes.post(prefix + RESTORE_PATH, this::restore, Input.READ);
    }

    private void stats(Context ctx) {
        admins.requireAdmin(ctx);
        bodies.write(ctx, 200, CacheView.of(control.stats(), control.warmable()));
    }

    private void forget(Context ctx) {
        ForgetQuery query = requests.query(ctx, ForgetQuery.class);
        admins.requireAdmin(ctx);
        boolean everywhere =
                query.tag() == null ? control.forgetAll() : control.forget(tags(Objects.requireNonNull(query.tag())));
        bodies.write(ctx, 200, new ForgottenView(everywhere));
    }

    private static Set<Tag> tags(String list) {
        Set<Tag> tags = new LinkedHashSet<>();
        try {
            for (String tag : list.split(",", -1)) {
                tags.add(new Tag(tag.strip()));
            }
        } catch (InvalidValue e) {
            throw new InvalidRequest("#/query/tag", e.detail());
        }
        if (tags.size() > MAX_TAGS) {
            throw new InvalidRequest("#/query/tag", "At most " + MAX_TAGS + " tags, not " + tags.size() + ".");
        }
        return tags;
    }

    /** One line after each that was made, so that whoever waits sees how far it is. */
    private void warm(Context ctx) throws IOException, InterruptedException {
        List<String> wanted = requests.read(ctx, Nothing.class, Nothing.class, Warming.class)
                .body()
                .names();
        admins.requireAdmin(ctx);
        List<String> names = wanted == null ? control.warmable() : wanted;
        requireKnown(names);
        ctx.status(200);
        ctx.contentType(NDJSON);
        OutputStream out = ctx.res().getOutputStream();
        Warmed last = control.warm(names, so -> writeLine(out, so));
        if (names.isEmpty()) {
            writeLine(out, last);
        }
    }

    /** Before the answer begins: later nothing can be refused any more. */
    private void requireKnown(List<String> names) {
        List<String> known = control.warmable();
        for (int i = 0; i < names.size(); i++) {
            if (!known.contains(names.get(i))) {
                throw new InvalidRequest(
                        "#/names/" + i,
                        "There is nothing of this name to be made ahead; there is: " + String.join(", ", known) + ".");
            }
        }
    }

    private void writeLine(OutputStream out, Warmed so) {
        try {
            out.write(json.bytes(so));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void backup(Context ctx) throws IOException {
        admins.requireAdmin(ctx);
        ctx.status(200);
        ctx.contentType(BACKUP_TYPE);
        ctx.header("Content-Disposition", "attachment; filename=\"daveloper-cache.backup\"");
        control.backup(ctx.res().getOutputStream());
    }

    private void restore(Context ctx) throws IOException {
        requests.query(ctx, Nothing.class);
        admins.requireAdmin(ctx);
        String type = ctx.req().getContentType();
        if (type == null || !type.equals(BACKUP_TYPE)) {
            throw new Refusal(
                    TransportFailure.UNSUPPORTED_MEDIA_TYPE, "Send the file of a backup as " + BACKUP_TYPE + ".");
        }
        try (InputStream in = ctx.req().getInputStream()) {
            CacheControl.Restored restored = control.restore(in);
            bodies.write(ctx, 200, new RestoredView(restored.entries(), restored.expired()));
        }
    }

    private record ForgetQuery(
            @Size(
                    min = 1,
                    max = MAX_TAGS * (Tag.MAX_CHARS + 1),
                    message = "{name} must name a tag, or tags joined by commas.")
            @Nullable
            String tag) {}

    /** @param everywhere whether all nodes know; if not, another may give out what it holds for as long as it may */
    private record ForgottenView(boolean everywhere) {}

    private record Warming(
            @Size(max = MAX_NAMES, message = "{name} must have at most {max} names, not {length}.") @Nullable
            List<String> names) {}

    private record RestoredView(long entries, long expired) {}
}
