package dev.daveloper.bootstrap.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where metrics are sent, beside being told to those who ask.
 *
 * @param endpoint takes OTLP's protobuf over HTTP
 * @param interval between two times that they are sent
 * @param headers sent along; secret
 */
public record MetricsTarget(URI endpoint, Duration interval, Map<String, String> headers) {
    public MetricsTarget {
        headers = Map.copyOf(headers);
    }

    /** Without the headers' values. */
    @Override
    public String toString() {
        return endpoint + " every " + interval + " with " + headers.keySet();
    }
}
