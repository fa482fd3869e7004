package dev.daveloper.http.webhooks;

import dev.daveloper.domain.webhooks.Attempt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What is read of an answer: its status, its wish to be left alone, and the beginning of its body. For one attempt. */
final class ReadAnswer {
    /** What is read at most; then the connection is given up, and the answer counts as it is. */
    static final int MAX_BYTES = 64 * 1024;

    /** More than the characters that are kept can have. */
    private static final int HEAD_BYTES = Attempt.MAX_HEAD_CHARS * 4;

    private static final int MAX_SECONDS_DIGITS = 9;

    private final Instant now;
    private final byte[] head = new byte[HEAD_BYTES];
    private int headBytes;
    private int bytes;
    private int status;
    private @Nullable String retryAfter;
    private volatile boolean enough;

    /** @param now what dates are measured by */
    ReadAnswer(Instant now) {
        this.now = now;
    }

    synchronized void headers(Response response) {
        status = response.getStatus();
        retryAfter = response.getHeaders().get(HttpHeader.RETRY_AFTER);
    }

    synchronized void content(Response response, ByteBuffer content) {
        int kept = Math.min(content.remaining(), HEAD_BYTES - headBytes);
        bytes += content.remaining();
        content.get(head, headBytes, kept);
        content.position(content.limit());
        headBytes += kept;
        if (bytes > MAX_BYTES && !enough) {
            enough = true;
            var unused = response.abort(new CancellationException("enough of the answer was read"));
        }
    }

    /** Whether it was broken off because what was read is enough. */
    boolean isEnough() {
        return enough;
    }

    /** Empty when none came. */
    synchronized OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** In characters that can be shown. */
    synchronized String head() {
        String text = new String(head, 0, headBytes, StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder(Math.min(text.length(), Attempt.MAX_HEAD_CHARS));
        for (int i = 0; i < text.length() && shown.length() < Attempt.MAX_HEAD_CHARS; i++) {
            char c = text.charAt(i);
            boolean line = c == '\n' || c == '\t';
            boolean shows = line || !(Character.isISOControl(c) || Character.isSurrogate(c));
            shown.append(shows ? c : '?');
        }
        return shown.toString();
    }

    /** By RFC 9110, section 10.2.3: seconds or a date; what is neither, or past, is no wish. */
    synchronized Optional<Duration> retryAfter() {
        if (retryAfter == null || retryAfter.isBlank()) {
            return Optional.empty();
        }
        String wish = retryAfter.strip();
        if (wish.length() <= MAX_SECONDS_DIGITS && wish.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(wish)));
        }
        try {
            // In any of the three forms that a date may have (RFC 9110, section 5.6.7).
            Instant until = HttpDateTime.parse(wish).toInstant();
            return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
