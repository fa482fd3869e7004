package dev.daveloper.http.failures;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where unexpected failures are sent.
 *
 * @param url of the collector, http or https; for {@link Format#SENTRY} a DSN, {@code https://key@host/project}; empty
 *     sends nothing anywhere
 * @param token sent as a Bearer token, with {@link Format#JSON} alone; never shown
 * @param queue reports that wait to be sent; further ones are dropped and counted
 * @param perMinute reports that are sent in a minute at most
 * @param sendWithin for one report, from the connection to the end of the answer
 * @param closeWithin for those that wait when it is closed
 */
public record ErrorReportConfig(
        Optional<URI> url,
        Format format,
        Optional<String> token,
        int queue,
        int perMinute,
        Duration sendWithin,
        Duration closeWithin) {
    public static final ErrorReportConfig NONE = new ErrorReportConfig(
            Optional.empty(), Format.JSON, Optional.empty(), 100, 60, Duration.ofSeconds(5), Duration.ofSeconds(2));

    /** What the collector understands. */
    public enum Format {
        /** One JSON object for each failure, see {@link JsonReports}. */
        JSON,
        /** Sentry's envelopes, which several collectors take. */
        SENTRY
    }

    public ErrorReportConfig {
        if (queue < 1 || perMinute < 1) {
            throw new IllegalArgumentException("the reports that wait and those of a minute must be 1 or more, not "
                    + queue + " and " + perMinute);
        }
        if (format == Format.SENTRY && token.isPresent()) {
            throw new IllegalArgumentException(
                    "Error reports take a token with the format json alone; a DSN has a key of its own.");
        }
        if (format == Format.SENTRY) {
            url.ifPresent(SentryDsn::parse);
        }
    }

    public ErrorReportConfig to(URI collector, Format newFormat, Optional<String> newToken) {
        return new ErrorReportConfig(
                Optional.of(collector), newFormat, newToken, queue, perMinute, sendWithin, closeWithin);
    }

    public ErrorReportConfig withBounds(int newQueue, int newPerMinute) {
        return new ErrorReportConfig(url, format, token, newQueue, newPerMinute, sendWithin, closeWithin);
    }

    public ErrorReportConfig withTimes(Duration newSendWithin, Duration newCloseWithin) {
        return new ErrorReportConfig(url, format, token, queue, perMinute, newSendWithin, newCloseWithin);
    }

    /** Without the token, and without the address, which may hold a key. */
    @Override
    public String toString() {
        return "ErrorReportConfig[format=" + format + ", on=" + url.isPresent() + "]";
    }
}
