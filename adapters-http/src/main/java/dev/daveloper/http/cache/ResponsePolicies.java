package dev.daveloper.http.cache;

import dev.daveloper.domain.cache.Freshness;
import java.time.Duration;

/**
 * How long the answers of which routes are good for; {@link Freshness#NONE} keeps none of them.
 *
 * @param tools {@code GET /agent/tools}
 * @param documents {@code GET /documents}
 * @param document {@code GET /documents/{id}}
 */
public record ResponsePolicies(Freshness tools, Freshness documents, Freshness document) {
    public static final ResponsePolicies DEFAULT = new ResponsePolicies(
            new Freshness(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1)),
            Freshness.of(Duration.ofSeconds(10)),
            Freshness.of(Duration.ofMinutes(1)));

    public static final ResponsePolicies NONE = new ResponsePolicies(Freshness.NONE, Freshness.NONE, Freshness.NONE);
}
