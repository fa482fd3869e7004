package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.TlsIdentity;
import java.nio.file.Path;
import java.util.Optional;

/** A certificate and its key, which come together or not at all. */
final class TlsFiles {
    private TlsFiles() {}

    /** A setting that names a file, which need not be given. */
    static Setting<Optional<Path>> pem(String key, String meaning) {
        return Setting.of(key, Kinds.OPTIONAL_PATH, "", meaning);
    }

    static Optional<TlsIdentity> identity(
            Values values, Setting<Optional<Path>> certificate, Setting<Optional<Path>> key) {
        if (values.get(certificate).isPresent() != values.get(key).isPresent()) {
            throw new IllegalArgumentException(
                    certificate.key() + " and " + key.key() + " must be given together, not one of them.");
        }
        return values.get(certificate).flatMap(file -> values.get(key).map(secret -> new TlsIdentity(file, secret)));
    }
}
