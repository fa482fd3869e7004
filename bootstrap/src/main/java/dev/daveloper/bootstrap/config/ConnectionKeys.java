package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.ClientTls;
import dev.daveloper.grpc.ConnectionConfig;
import dev.daveloper.grpc.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a service is reached over gRPC; the same settings for each service, under its own name. */
final class ConnectionKeys {
    private final String name;
    private final Setting<Boolean> tls;
    private final Setting<Optional<Path>> tlsAuthorities;
    private final Setting<Optional<Path>> tlsCertificate;
    private final Setting<Optional<Path>> tlsKey;
    private final Setting<Optional<String>> tlsServerName;
    private final Setting<Duration> connectTimeout;
    private final Setting<Duration> keepaliveTime;
    private final Setting<Duration> keepaliveTimeout;
    private final Setting<Integer> window;
    private final Setting<Boolean> healthCheck;

    /**
     * @param name what its keys begin with
     * @param service what it is for people, such as {@code the agent service}
     */
    ConnectionKeys(String name, String service) {
        this.name = name;
        tls = Setting.of(name + ".tls.enabled", Kinds.FLAG, "false", "Whether " + service + " is called over TLS.");
        tlsAuthorities = TlsFiles.pem(
                name + ".tls.authorities",
                "PEM file of the authorities that " + service + " must be certified by; empty for the system's.");
        tlsCertificate = TlsFiles.pem(
                name + ".tls.certificate",
                "PEM file of the gateway's certificate, for " + service + " when it asks who calls (mTLS).");
        tlsKey = TlsFiles.pem(name + ".tls.key", "PEM file of that certificate's private key, in PKCS#8.");
        tlsServerName = Setting.of(
                name + ".tls.server-name",
                Kinds.OPTIONAL_TEXT,
                "",
                "Name expected in the certificate of " + service + ", where it is not the target's.");
        connectTimeout = Setting.of(
                name + ".connect-timeout",
                Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                "5s",
                "Time for one attempt to connect to " + service + ".");
        keepaliveTime = Setting.of(
                name + ".keepalive-time",
                Kinds.duration(Duration.ofSeconds(10), Duration.ofHours(2)),
                "5m",
                "Silence with calls under way before a ping; servers close what pings oftener than every 5 minutes.");
        keepaliveTimeout = Setting.of(
                name + ".keepalive-timeout",
                Kinds.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                "20s",
                "Time for the answer to such a ping, after which the connection counts as lost.");
        String ahead = "What " + service + " may send ahead of what is read.";
        window = Setting.of(name + ".window", Kinds.size(64 << 10, 64 << 20), "1MiB", ahead);
        healthCheck = Setting.of(
                name + ".health-check",
                Kinds.FLAG,
                "true",
                "Whether an instance of " + service + " that says it is not serving gets no new calls.");
    }

    /** All of them, between what the service has before and behind them. */
    List<Setting<?>> among(List<Setting<?>> before, List<Setting<?>> behind) {
        List<Setting<?>> all = new ArrayList<>(before);
        all.addAll(List.of(
                tls,
                tlsAuthorities,
                tlsCertificate,
                tlsKey,
                tlsServerName,
                connectTimeout,
                keepaliveTime,
                keepaliveTimeout,
                window,
                healthCheck));
        all.addAll(behind);
        return all;
    }

    ConnectionConfig bind(Values values, String target, int maxMessageBytes) {
        return new ConnectionConfig(
                target,
                tls(values),
                values.get(connectTimeout),
                values.get(keepaliveTime),
                values.get(keepaliveTimeout),
                maxMessageBytes,
                values.get(window),
                values.get(healthCheck));
    }

    /** Also to be asked where nothing is connected to: settings that would do nothing are a mistake. */
    Optional<ClientTls> tls(Values values) {
        Optional<TlsIdentity> identity = TlsFiles.identity(values, tlsCertificate, tlsKey);
        ClientTls given = new ClientTls(values.get(tlsAuthorities), identity, values.get(tlsServerName));
        if (values.get(tls)) {
            return Optional.of(given);
        }
        if (!given.equals(ClientTls.system())) {
            throw new IllegalArgumentException(name + ".tls.enabled must be true when other " + name
                    + ".tls settings are given: they would do nothing.");
        }
        return Optional.empty();
    }
}
