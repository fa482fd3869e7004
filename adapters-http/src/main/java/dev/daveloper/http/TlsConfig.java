package dev.daveloper.http;

import java.nio.file.Path;
import java.time.Duration;

/**
 * With what the gateway proves to its clients who it is. The files are read again when they change.
 *
 * @param certificate a PEM file: the certificate, and behind it those that it was signed with
 * @param key a PEM file: the certificate's private key, RSA or EC, as PKCS#8 without a password
 * @param lookEvery how often it is looked whether the files have changed; longer than zero
 */
public record TlsConfig(Path certificate, Path key, Duration lookEvery) {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    public TlsConfig {
        if (!lookEvery.isPositive()) {
            throw new IllegalArgumentException("lookEvery must be longer than zero, not " + lookEvery);
        }
    }

    /** Looked at every five seconds. */
    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, LOOK_EVERY);
    }
}
