package dev.daveloper.bootstrap.config;

import dev.daveloper.http.failures.ErrorReportConfig;
import dev.daveloper.http.failures.ErrorReportConfig.Format;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is told of unexpected failures, beside the log. */
final class ErrorKeys {
    static final Setting<Optional<URI>> URL = Setting.secretOf(
            "errors.report.url",
            Kinds.OPTIONAL_URL,
            "Where unexpected failures are sent: a collector's URL, or a DSN for the format sentry. Empty sends nothing"
                    + " anywhere.");
    static final Setting<Format> FORMAT = Setting.of(
            "errors.report.format",
            Kinds.choice(Map.of("json", Format.JSON, "sentry", Format.SENTRY)),
            "json",
            "How they are sent: one JSON object each, or the envelopes of Sentry, which several collectors take.");
    static final Setting<String> TOKEN =
            Setting.secret("errors.report.token", "Bearer token for the collector, with the format json.");

    static final Group GROUP = new Group("Reports of unexpected failures", List.of(URL, FORMAT, TOKEN));

    private ErrorKeys() {}

    static ErrorReportConfig bind(Values values) {
        Optional<String> token = Optional.of(values.get(TOKEN)).filter(given -> !given.isEmpty());
        return values.get(URL)
                .map(url -> ErrorReportConfig.NONE.to(url, values.get(FORMAT), token))
                .orElse(ErrorReportConfig.NONE);
    }
}
