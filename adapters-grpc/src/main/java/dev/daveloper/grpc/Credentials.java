package dev.daveloper.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes gRPC's credentials of ours. Files that cannot be read, or hold something else, stop the start. */
final class Credentials {
    private static final long RELOAD_SECONDS = 60;

    private Credentials() {}

    /** @param reloader looks at the files every minute, until it is shut down */
    static ChannelCredentials ofClient(Optional<ClientTls> tls, ScheduledExecutorService reloader) {
        return tls.map(some -> ofClient(some, reloader)).orElseGet(InsecureChannelCredentials::create);
    }

    /** @param reloader looks at the files every minute, until it is shut down */
    static ServerCredentials ofServer(Optional<ServerTls> tls, ScheduledExecutorService reloader) {
        return tls.map(some -> ofServer(some, reloader)).orElseGet(InsecureServerCredentials::create);
    }

    private static ChannelCredentials ofClient(ClientTls tls, ScheduledExecutorService reloader) {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        tls.identity().ifPresent(identity -> credentials.keyManager(keyManager(identity, reloader)));
        tls.authorities()
                .ifPresent(file -> credentials.trustManager(trustManager(
                        file,
                        AdvancedTlsX509TrustManager.Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION,
                        reloader)));
        return credentials.build();
    }

    private static ServerCredentials ofServer(ServerTls tls, ScheduledExecutorService reloader) {
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(keyManager(tls.identity(), reloader));
        tls.clientAuthorities()
                .ifPresent(file -> credentials
                        .trustManager(trustManager(
                                file, AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION, reloader))
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE));
        return credentials.build();
    }

    private static AdvancedTlsX509KeyManager keyManager(TlsIdentity identity, ScheduledExecutorService reloader) {
        try {
            AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
            // The reload ends with its executor, so the handle to end it alone is not needed.
            var unused = manager.updateIdentityCredentials(
                    identity.certificates().toFile(),
                    identity.privateKey().toFile(),
                    RELOAD_SECONDS,
                    TimeUnit.SECONDS,
                    reloader);
            return manager;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "certificate and key must be PEM files: " + identity.certificates() + ", " + identity.privateKey(),
                    e);
        }
    }

    private static AdvancedTlsX509TrustManager trustManager(
            Path authorities,
            AdvancedTlsX509TrustManager.Verification verification,
            ScheduledExecutorService reloader) {
        try {
            AdvancedTlsX509TrustManager manager = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(verification)
                    .build();
            var unused =
                    manager.updateTrustCredentials(authorities.toFile(), RELOAD_SECONDS, TimeUnit.SECONDS, reloader);
            return manager;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("authorities must be a PEM file: " + authorities, e);
        }
    }
}
