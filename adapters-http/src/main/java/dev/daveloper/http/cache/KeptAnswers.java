package dev.daveloper.http.cache;

import dev.daveloper.application.cache.in.Caching;
import dev.daveloper.application.cache.in.Caching.Answer;
import dev.daveloper.application.cache.in.Caching.Loader;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.requests.Accept;
import dev.daveloper.http.requests.EntityTags;
import dev.daveloper.http.requests.JsonCodec;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers reads from what is kept, as RFC 9111 wants it of a cache and RFC 9110 of an origin: with a strong tag, by 304
 * where the client holds it, and telling what it did. What is one session's is never for a cache that others share.
 * Safe for use by many threads.
 */
public final class KeptAnswers {
    private final Caching caching;
    private final JsonCodec json;
    private final InstantSource clock;

    public KeptAnswers(Caching caching, JsonCodec json, InstantSource clock) {
        this.caching = caching;
        this.json = json;
        this.clock = clock;
    }

    /** Who may be given an answer. */
    public enum Audience {
        EVERYBODY,
        /** Whoever has the caller's rights. */
        CALLER
    }

    /**
     * What a route answers.
     *
     * @param tags what it is made from
     */
    public record Kept(CacheKey key, Set<Tag> tags, Freshness freshness, Audience audience) {}

    /**
     * Answers with what is kept, or with what is made and kept.
     *
     * @param view made for all who ask, so that it must not depend on anything but the key
     */
    public void answer(Context ctx, Kept kept, Supplier<Object> view) throws InterruptedException {
        answer(ctx, kept, loader(view));
    }

    /**
     * As {@link #answer(Context, Kept, Supplier)}, in the form that the loader gives it.
     *
     * @throws RuntimeException whatever the loader throws; nothing was told then
     */
    public void answer(Context ctx, Kept kept, Loader loader) throws InterruptedException {
        Question question = new Question(kept.key(), kept.tags(), kept.freshness(), Directives.of(ctx.req()));
        Answer answer = caching.get(question, loader)
                .orElseThrow(() -> new Refusal(TransportFailure.NOT_KEPT, "Nothing is kept here at the moment."));
        tell(ctx, kept, answer);
    }

    /** Makes what is to be kept of this. */
    public Loader loader(Supplier<Object> view) {
        return () -> Content.of(Accept.JSON, json.bytes(view.get()));
    }

    private void tell(Context ctx, Kept kept, Answer answer) {
        Entry entry = answer.entry();
        Instant now = clock.instant();
        String etag = EntityTags.of(entry.content().digest());
        // A refusal is nothing to be kept: it must not go with the headers of what is.
        boolean held = EntityTags.isHeld(ctx.req(), etag);
        ctx.header("ETag", etag);
        ctx.header("Cache-Control", control(kept));
        ctx.header(CacheStatus.NAME, CacheStatus.of(answer, now));
        if (isFromCache(answer)) {
            ctx.header("Age", Long.toString(entry.age(now).toSeconds()));
        }
        if (kept.audience() == Audience.CALLER) {
            ctx.res().addHeader("Vary", "Authorization, Cookie");
        }
        if (held) {
            ctx.status(304);
            return;
        }
        ctx.status(200);
        ctx.contentType(entry.content().mediaType());
        ctx.result(entry.content().bytes());
    }

    private static boolean isFromCache(Answer answer) {
        return switch (answer.how()) {
            case HIT, STALE, STALE_ON_ERROR, COLLAPSED -> true;
            case MISS, EXPIRED, REQUESTED, BYPASS -> false;
        };
    }

    /** What is one session's may change by what that does next: its client asks each time, mostly to hear 304. */
    private static String control(Kept kept) {
        if (kept.audience() == Audience.CALLER) {
            return "private, no-cache";
        }
        Freshness freshness = kept.freshness();
        if (freshness.isNone()) {
            return "no-cache";
        }
        return "public, max-age=" + freshness.ttl().toSeconds()
                + (freshness.whileRevalidate().isZero()
                        ? ""
                        : ", stale-while-revalidate="
                                + freshness.whileRevalidate().toSeconds())
                + (freshness.ifError().isZero()
                        ? ""
                        : ", stale-if-error=" + freshness.ifError().toSeconds());
    }

    /** Whatever was made from this is made anew from now on. */
    public void forget(Tag tag) {
        caching.invalidate(Set.of(tag));
    }
}
