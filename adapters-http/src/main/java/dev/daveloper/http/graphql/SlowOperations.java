package dev.daveloper.http.graphql;

import dev.daveloper.http.GraphListener.Result;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.security.LineBudget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes a line for each operation that took too long, at most {@value #LINES} a minute; the next one says how many
 * were not written. A line holds the operation's name, and by what its document is found again: no text of the
 * document, no variable, nothing of who asked. Safe for use by many threads.
 */
final class SlowOperations {
    static final Duration THRESHOLD = Duration.ofSeconds(1);
    static final int LINES = 10;

    /** Of a name, which may be as long as a document. */
    static final int MAX_NAME = 64;

    /** Of the digest: enough to tell documents of one gateway apart. */
    static final int DIGITS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(SlowOperations.class);

    private final long thresholdNanos;
    private final LineBudget budget = new LineBudget(LINES, Duration.ofMinutes(1), System::nanoTime);

    SlowOperations(Duration threshold) {
        this.thresholdNanos = threshold.toNanos();
    }

    void look(GraphEngine.Ready ready, Transport transport, Result result, long nanos) {
        if (nanos < thresholdNanos) {
            return;
        }
        OptionalLong unwritten = budget.take();
        if (unwritten.isPresent()) {
            LoggingEventBuilder line = LOG.atWarn()
                    .addKeyValue(
                            "operation",
                            ready.name().map(SlowOperations::shortened).orElse("-"))
                    .addKeyValue("kind", lower(ready.kind()))
                    .addKeyValue("transport", lower(transport))
                    .addKeyValue("result", lower(result))
                    .addKeyValue("weight", ready.weight())
                    .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
                    .addKeyValue("document", digestOf(ready.request().query().orElse("")));
            (unwritten.getAsLong() == 0 ? line : line.addKeyValue("unwritten", unwritten.getAsLong()))
                    .log("slow GraphQL operation");
        }
    }

    /** The beginning of the hash that clients of persisted documents send. */
    static String digestOf(String document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
