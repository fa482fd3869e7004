package dev.daveloper.bootstrap.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether traces are recorded, and where they are sent. */
final class TracingKeys {
    private static final Pattern RATIO = Pattern.compile("0|1|[01]?\\.[0-9]{1,9}");

    /** What a URL without a path stands for, as in OpenTelemetry's own settings. */
    private static final String USUAL_PATH = "/v1/traces";

    static final Setting<Optional<URI>> ENDPOINT = Setting.of(
            "tracing.endpoint",
            Kinds.OPTIONAL_URL,
            "",
            "Where traces are sent: a collector's URL for OTLP over HTTP, such as http://localhost:4318; without a path"
                    + " it gets /v1/traces. Empty records nothing.");
    static final Setting<Double> SAMPLE = Setting.of(
            "tracing.sample",
            new Kind<>("number from 0 to 1", "a number from 0 to 1, such as 0.05", TracingKeys::ratio),
            "0.1",
            "Which part of the traces that begin here is recorded. Of a trace that a caller began the caller decides.");
    static final Setting<Map<String, String>> HEADERS = Setting.secretOf(
            "tracing.headers", HeaderText.KIND, "Headers for the collector, such as authorization=Bearer a-token.");
    static final Setting<String> SERVICE_NAME = Setting.of(
            "tracing.service-name", Kinds.FILLED_TEXT, "daveloper", "What this program is called in traces.");

    static final Group GROUP = new Group("Traces", List.of(ENDPOINT, SAMPLE, HEADERS, SERVICE_NAME));

    private TracingKeys() {}

    static TracingConfig bind(Values values) {
        return new TracingConfig(
                values.get(ENDPOINT).map(TracingKeys::withPath),
                values.get(SAMPLE),
                values.get(HEADERS),
                values.get(SERVICE_NAME));
    }

    private static URI withPath(URI url) {
        return url.getRawPath().isEmpty() || url.getRawPath().equals("/") ? url.resolve(USUAL_PATH) : url;
    }

    private static Optional<Double> ratio(String text) {
        return RATIO.matcher(text).matches()
                ? Optional.of(Double.parseDouble(text)).filter(ratio -> ratio <= 1)
                : Optional.empty();
    }
}
