package dev.daveloper.grpc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who to be, and whom to admit, when serving over TLS.
 *
 * @param clientAuthorities certificates in PEM that a client's must go back to (mTLS); empty to admit anybody
 */
public record ServerTls(TlsIdentity identity, Optional<Path> clientAuthorities) {}
