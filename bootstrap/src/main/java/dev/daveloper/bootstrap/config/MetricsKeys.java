package dev.daveloper.bootstrap.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured, and where that is sent, beside the port on which it is told. */
final class MetricsKeys {
    static final Setting<Boolean> ENABLED = Setting.of(
            "metrics.enabled",
            Kinds.FLAG,
            "true",
            "Whether anything is measured. Without it `/metrics` answers 404, and the status page has no figures of"
                    + " requests and answers.");
    static final Setting<Optional<URI>> ENDPOINT = Setting.of(
            "metrics.otlp-endpoint",
            Kinds.OPTIONAL_URL,
            "",
            "Where metrics are sent by OTLP over HTTP, with its path, such as http://collector:4318/v1/metrics. Empty"
                    + " sends nothing anywhere.");
    static final Setting<Duration> INTERVAL = Setting.of(
            "metrics.otlp-interval",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "30s",
            "Between two times that metrics are sent.");
    static final Setting<Map<String, String>> HEADERS = Setting.secretOf(
            "metrics.otlp-headers",
            HeaderText.KIND,
            "Headers that are sent along, such as authorization=Bearer x, joined by commas.");

    static final Group GROUP = new Group("Metrics", List.of(ENABLED, ENDPOINT, INTERVAL, HEADERS));

    private MetricsKeys() {}

    static Optional<MetricsTarget> bind(Values values) {
        return values.get(ENDPOINT)
                .map(endpoint -> new MetricsTarget(endpoint, values.get(INTERVAL), values.get(HEADERS)));
    }
}
