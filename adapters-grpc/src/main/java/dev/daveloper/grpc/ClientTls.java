package dev.daveloper.grpc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom to trust, and who to be, when calling over TLS.
 *
 * @param authorities certificates in PEM that the server's must go back to; empty for those the system trusts
 * @param identity what to show to a server that asks who calls (mTLS)
 * @param serverName the name expected in the server's certificate, where it differs from the target's
 */
public record ClientTls(Optional<Path> authorities, Optional<TlsIdentity> identity, Optional<String> serverName) {
    /** Trusts what the system trusts and shows nothing. */
    public static ClientTls system() {
        return new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Trusts these authorities alone. */
    public static ClientTls trusting(Path authorities) {
        return new ClientTls(Optional.of(authorities), Optional.empty(), Optional.empty());
    }

    public ClientTls as(TlsIdentity identity) {
        return new ClientTls(authorities, Optional.of(identity), serverName);
    }
}
