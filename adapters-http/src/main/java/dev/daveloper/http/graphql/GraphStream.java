package dev.daveloper.http.graphql;

import dev.daveloper.http.SseSource;
import dev.daveloper.http.requests.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An operation's results as server-sent events, one connection for each operation, as the protocol of graphql-sse has
 * it for its "distinct connections mode": {@code next} for each of them, {@code complete} behind the last.
 */
final class GraphStream implements SseSource {
    private static final String NEXT = "event: next\ndata: ";
    private static final String COMPLETE = "event: complete\ndata:\n\n";

    private final Results results;
    private final JsonCodec json;

    GraphStream(Results results, JsonCodec json) {
        this.results = results;
        this.json = json;
    }

    @Override
    public Pulled next(Duration patience) throws InterruptedException {
        return switch (results.next(patience)) {
            case Results.Next given -> {
                String next = NEXT + json.text(given.result().toSpecification()) + "\n\n";
                yield event(given.last() ? next + COMPLETE : next, given.last());
            }
            case Results.Quiet quiet -> Quiet.QUIET;
            case Results.Ended ended -> event(COMPLETE, true);
        };
    }

    private static Event event(String text, boolean last) {
        return new Event(text.getBytes(StandardCharsets.UTF_8), last);
    }
}
