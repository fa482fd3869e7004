package dev.daveloper.bootstrap.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces are sent, and how many.
 *
 * @param endpoint takes OTLP over HTTP; empty, and nothing is recorded
 * @param sample which part of the traces that begin here is recorded, from 0 to 1
 * @param headers for the collector; secret
 * @param serviceName what this program is called there
 */
public record TracingConfig(Optional<URI> endpoint, double sample, Map<String, String> headers, String serviceName) {
    public TracingConfig {
        headers = Map.copyOf(headers);
    }
}
