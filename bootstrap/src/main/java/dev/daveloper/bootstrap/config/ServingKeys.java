package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.ServerTls;
import dev.daveloper.grpc.ServingConfig;
import dev.daveloper.grpc.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a part of the program serves over gRPC on its own; the same settings for each, under its own name. */
final class ServingKeys {
    private final String name;
    private final Setting<String> host;
    private final Setting<Integer> port;
    private final Setting<Boolean> reflection;
    private final Setting<Integer> maxCalls;
    private final Setting<Duration> drainGrace;
    private final Setting<Optional<Path>> tlsCertificate;
    private final Setting<Optional<Path>> tlsKey;
    private final Setting<Optional<Path>> tlsClientAuthorities;

    /**
     * @param name what its keys begin with
     * @param service what it is for people, such as {@code the agent service}
     * @param calls what it does at once, such as {@code Answers that it makes}
     */
    ServingKeys(String name, String service, int usualPort, String calls, int usualCalls) {
        this.name = name;
        host = Setting.of(
                name + ".host",
                Kinds.FILLED_TEXT,
                "127.0.0.1",
                "Address that " + service + " listens on; --host for short.");
        port = Setting.of(
                name + ".port",
                Kinds.wholeNumber(0, 65_535),
                Integer.toString(usualPort),
                "Port that it listens on; 0 takes one that is free; --port for short.");
        reflection = Setting.of(
                name + ".reflection",
                Kinds.FLAG,
                "false",
                "Whether tools such as grpcurl may ask what there is to call; --reflection for short.");
        maxCalls = Setting.of(
                name + ".max-calls",
                Kinds.wholeNumber(1, 1_000_000),
                Integer.toString(usualCalls),
                calls + " at once; more are refused.");
        drainGrace = Setting.of(
                name + ".drain-grace",
                Kinds.duration(Duration.ZERO, Duration.ofHours(1)),
                "20s",
                "Time that calls at hand have left when it stops.");
        tlsCertificate = TlsFiles.pem(
                name + ".tls.certificate",
                "PEM file of its certificate; empty serves plain text. Renewed files are taken up without a restart.");
        tlsKey = TlsFiles.pem(name + ".tls.key", "PEM file of that certificate's private key, in PKCS#8.");
        tlsClientAuthorities = TlsFiles.pem(
                name + ".tls.client-authorities",
                "PEM file of the authorities that a caller's certificate must go back to (mTLS); empty admits any"
                        + " caller.");
    }

    /** All of them, then what this service has beside them. */
    List<Setting<?>> and(Setting<?>... more) {
        List<Setting<?>> all = new ArrayList<>(
                List.of(host, port, reflection, maxCalls, drainGrace, tlsCertificate, tlsKey, tlsClientAuthorities));
        all.addAll(List.of(more));
        return all;
    }

    /** Short names for the command that serves. */
    Map<String, String> shortNames() {
        return Map.of("host", host.key(), "port", port.key(), "reflection", reflection.key());
    }

    ServingConfig bind(Values values) {
        return new ServingConfig(
                values.get(host),
                values.get(port),
                tls(values),
                values.get(reflection),
                values.get(maxCalls),
                values.get(drainGrace));
    }

    private Optional<ServerTls> tls(Values values) {
        Optional<TlsIdentity> identity = TlsFiles.identity(values, tlsCertificate, tlsKey);
        Optional<Path> authorities = values.get(tlsClientAuthorities);
        if (identity.isEmpty() && authorities.isPresent()) {
            throw new IllegalArgumentException(
                    name + ".tls.client-authorities needs " + name + ".tls.certificate and " + name + ".tls.key.");
        }
        return identity.map(own -> new ServerTls(own, authorities));
    }
}
