package dev.daveloper.bootstrap.config;

import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TlsConfig;
import dev.daveloper.http.security.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What stands between the gateway and strangers. */
final class EdgeKeys {
    static final Setting<TrustedProxies> TRUSTED_PROXIES = Setting.of(
            "http.trusted-proxies",
            Kinds.PROXIES,
            "",
            "Proxies in front of the gateway, as addresses or networks such as 10.0.0.0/8, that are believed when they"
                    + " say by Forwarded or X-Forwarded-* on whose behalf they call, and whether it came over TLS.");
    static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.of(
            "http.tls.certificate",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file with the certificate, and those that it was signed with behind it. With it and http.tls.key the"
                    + " gateway speaks TLS alone, with HTTP/2; the files are read again when they change.");
    static final Setting<Optional<Path>> TLS_KEY = Setting.of(
            "http.tls.key", Kinds.OPTIONAL_PATH, "", "PEM file with the certificate's private key, as PKCS#8.");
    static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS = Setting.of(
            "http.max-connections-per-address",
            Kinds.wholeNumber(0, 1_000_000),
            "1000",
            "Connections of one client address at once, further ones are closed; 0 for any number. Those of trusted"
                    + " proxies are not counted.");
    static final Setting<Duration> HEADER_TIMEOUT = Setting.of(
            "http.header-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "10s",
            "Time within which a request's line and headers must be complete.");
    static final Setting<Integer> MIN_UPLOAD_RATE = Setting.of(
            "http.min-upload-rate",
            Kinds.size(0, 64 << 20),
            "1KiB",
            "Bytes of a request's body that have to come in a second, on average and after the first ten; 0 for any.");

    static final Group GROUP = new Group(
            "Proxies, TLS and slow clients",
            List.of(
                    TRUSTED_PROXIES,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    MAX_CONNECTIONS_PER_ADDRESS,
                    HEADER_TIMEOUT,
                    MIN_UPLOAD_RATE));

    private EdgeKeys() {}

    static HttpConfig bind(HttpConfig http, Values values) {
        HttpConfig bounded = http.withProxies(values.get(TRUSTED_PROXIES))
                .withLimits(http.limits()
                        .withMaxConnectionsPerAddress(values.get(MAX_CONNECTIONS_PER_ADDRESS))
                        .withMinUploadBytesPerSecond(values.get(MIN_UPLOAD_RATE)))
                .withTimes(http.times().withHeaders(values.get(HEADER_TIMEOUT)));
        Optional<Path> certificate = values.get(TLS_CERTIFICATE);
        Optional<Path> key = values.get(TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("http.tls.certificate and http.tls.key must be given together.");
        }
        return certificate.isPresent() ? bounded.withTls(new TlsConfig(certificate.get(), key.orElseThrow())) : bounded;
    }
}
