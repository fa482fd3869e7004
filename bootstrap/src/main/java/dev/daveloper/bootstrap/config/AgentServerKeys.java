package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.AgentServerConfig;
import dev.daveloper.grpc.ServerTls;
import dev.daveloper.grpc.ServingConfig;
import dev.daveloper.grpc.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The built-in agent as a gRPC service of its own, which the command {@code agent} runs. */
final class AgentServerKeys {
    static final Setting<String> HOST = Setting.of(
            "agent-server.host",
            Kinds.FILLED_TEXT,
            "127.0.0.1",
            "Address that the agent service listens on; --host for short.");
    static final Setting<Integer> PORT = Setting.of(
            "agent-server.port",
            Kinds.wholeNumber(0, 65_535),
            "50052",
            "Port that it listens on; 0 takes one that is free; --port for short.");
    static final Setting<Boolean> REFLECTION = Setting.of(
            "agent-server.reflection",
            Kinds.FLAG,
            "false",
            "Whether tools such as grpcurl may ask what there is to call; --reflection for short.");
    static final Setting<Integer> MAX_CALLS = Setting.of(
            "agent-server.max-calls",
            Kinds.wholeNumber(1, 1_000_000),
            "1000",
            "Answers that it makes at once; more are refused.");
    static final Setting<Duration> MAX_ANSWER_TIME = Setting.of(
            "agent-server.max-answer-time",
            Kinds.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "10m",
            "Longest time of an answer, whatever the caller's deadline.");
    static final Setting<Duration> DRAIN_GRACE = Setting.of(
            "agent-server.drain-grace",
            Kinds.duration(Duration.ZERO, Duration.ofHours(1)),
            "20s",
            "Time that answers being made have left when it stops.");
    static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.of(
            "agent-server.tls.certificate",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file of its certificate; empty serves plain text. Renewed files are taken up without a restart.");
    static final Setting<Optional<Path>> TLS_KEY = Setting.of(
            "agent-server.tls.key", Kinds.OPTIONAL_PATH, "", "PEM file of that certificate's private key, in PKCS#8.");
    static final Setting<Optional<Path>> TLS_CLIENT_AUTHORITIES = Setting.of(
            "agent-server.tls.client-authorities",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file of the authorities that a caller's certificate must go back to (mTLS); empty admits any caller.");

    static final Group GROUP = new Group(
            "Agent service (command agent)",
            List.of(
                    HOST,
                    PORT,
                    REFLECTION,
                    MAX_CALLS,
                    MAX_ANSWER_TIME,
                    DRAIN_GRACE,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    TLS_CLIENT_AUTHORITIES));

    private AgentServerKeys() {}

    static AgentServerConfig bind(Values values) {
        return new AgentServerConfig(
                new ServingConfig(
                        values.get(HOST),
                        values.get(PORT),
                        tls(values),
                        values.get(REFLECTION),
                        values.get(MAX_CALLS),
                        values.get(DRAIN_GRACE)),
                values.get(MAX_ANSWER_TIME));
    }

    private static Optional<ServerTls> tls(Values values) {
        Optional<TlsIdentity> identity = TlsFiles.identity(values, TLS_CERTIFICATE, TLS_KEY);
        Optional<Path> authorities = values.get(TLS_CLIENT_AUTHORITIES);
        if (identity.isEmpty() && authorities.isPresent()) {
            throw new IllegalArgumentException(
                    "agent-server.tls.client-authorities needs agent-server.tls.certificate and agent-server.tls.key.");
        }
        return identity.map(own -> new ServerTls(own, authorities));
    }
}
