package dev.daveloper.http.graphql;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.http.cache.KeptAnswers;
import dev.daveloper.http.cache.KeptAnswers.Audience;
import dev.daveloper.http.cache.KeptAnswers.Kept;
import dev.daveloper.http.requests.JsonCodec;
import graphql.ExecutionResult;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Answers queries whose answer is everybody's as reads are answered over REST: from what is kept, with a strong tag, by
 * 304 where the client holds it. They are done for {@link Nobody}, so that nothing of a caller can get into them. Safe
 * for use by many threads.
 */
final class SharedAnswers {
    private static final String NAMESPACE = "graphql";

    private final GraphEngine engine;
    private final Sharing sharing;
    private final KeptAnswers kept;
    private final JsonCodec json;
    private final String schema = DocumentHash.of(GraphSchema.text()).hex();

    SharedAnswers(GraphEngine engine, Sharing sharing, KeptAnswers kept, JsonCodec json) {
        this.engine = engine;
        this.sharing = sharing;
        this.kept = kept;
        this.json = json;
    }

    /** What was not to be kept, since something went wrong; told to all who waited for it. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ExecutionResult result;

        Failed(ExecutionResult result) {
            super("the query has errors", null, false, false);
            this.result = result;
        }
    }

    /**
     * Gives the answer, if it is everybody's; otherwise, or when something of it could not be had, what is left to be
     * told to this caller alone.
     *
     * @param form the media type of the answer
     */
    Optional<ExecutionResult> answer(Context ctx, String form, GraphEngine.Ready ready, Asker asker)
            throws InterruptedException {
        Optional<Sharing.Shared> shared = sharing.of(ready.document(), ready.operation());
        if (shared.isEmpty()) {
            return Optional.of(engine.execute(ready, asker));
        }
        Asker nobody = new Nobody(asker.occasion(), asker.transport());
        ctx.res().addHeader("Vary", "Accept");
        if (!isRead(ctx)) {
            ExecutionResult result = engine.execute(ready, nobody);
            if (result.getErrors().isEmpty()) {
                ctx.header(
                        "Cache-Control",
                        "public, max-age=" + shared.get().maxAge().toSeconds());
            }
            return Optional.of(result);
        }
        Kept what = new Kept(
                keyOf(form, ready.request()),
                shared.get().tags(),
                Freshness.of(shared.get().maxAge()),
                Audience.EVERYBODY);
        try {
            kept.answer(ctx, what, () -> made(form, ready, nobody));
            return Optional.empty();
        } catch (Failed e) {
            return Optional.of(e.result);
        }
    }

    private Content made(String form, GraphEngine.Ready ready, Asker nobody) throws InterruptedException {
        ExecutionResult result = engine.execute(ready, nobody);
        if (!result.getErrors().isEmpty()) {
            throw new Failed(result);
        }
        return Content.of(form + "; charset=utf-8", json.bytes(result.toSpecification()));
    }

    private static boolean isRead(Context ctx) {
        return !ctx.req().getMethod().equals("POST");
    }

    /** With the schema: nodes of two versions may share what is kept, while one takes the place of the other. */
    private CacheKey keyOf(String form, GraphRequest request) {
        Object all = Arrays.asList(
                schema,
                form,
                request.query().orElseThrow(),
                request.operationName().orElse(null),
                request.variables());
        return CacheKey.shared(
                NAMESPACE,
                DocumentHash.of(new String(json.bytes(all), StandardCharsets.UTF_8))
                        .hex());
    }
}
