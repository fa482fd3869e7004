package dev.daveloper.http.cache;

import dev.daveloper.application.cache.in.Caching.Answer;
import java.time.Instant;

/** Tells how an answer was found (RFC 9211). The key is not told: it may hold what somebody looked for. */
final class CacheStatus {
    static final String NAME = "Cache-Status";
    static final String US = "daveloper";

    private CacheStatus() {}

    static String of(Answer answer, Instant now) {
        String how = switch (answer.how()) {
            case HIT, STALE -> "; hit" + left(answer, now);
            case STALE_ON_ERROR -> "; hit" + left(answer, now) + "; detail=stale-if-error";
            case MISS -> "; fwd=uri-miss";
            case EXPIRED -> "; fwd=stale";
            case REQUESTED -> "; fwd=request";
            case COLLAPSED -> "; fwd=uri-miss; collapsed";
            case BYPASS -> "; fwd=bypass";
        };
        boolean made = switch (answer.how()) {
            case MISS, EXPIRED, REQUESTED -> answer.kept();
            case HIT, STALE, STALE_ON_ERROR, COLLAPSED, BYPASS -> false;
        };
        return US + how + (made ? "; stored" : "");
    }

    private static String left(Answer answer, Instant now) {
        return "; ttl=" + answer.entry().left(now).toSeconds();
    }
}
