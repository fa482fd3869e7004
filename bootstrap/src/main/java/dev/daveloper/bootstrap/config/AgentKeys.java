package dev.daveloper.bootstrap.config;

import dev.daveloper.grpc.ClientTls;
import dev.daveloper.grpc.ConnectionConfig;
import dev.daveloper.grpc.GrpcAgentConfig;
import dev.daveloper.grpc.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which agent makes the answers, and how it is reached when it is a service. */
final class AgentKeys {
    private static final String EMBEDDED = "embedded";

    static final Setting<String> TARGET = Setting.of(
            "agent.target",
            Kinds.FILLED_TEXT,
            EMBEDDED,
            "Who answers: embedded is the built-in agent; anything else is the gRPC target of an agent service, such as"
                    + " dns:///agent:50052.");
    static final Setting<Boolean> TLS =
            Setting.of("agent.tls.enabled", Kinds.FLAG, "false", "Whether the agent service is called over TLS.");
    static final Setting<Optional<Path>> TLS_AUTHORITIES = Setting.of(
            "agent.tls.authorities",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file of the authorities that the agent's certificate must go back to; empty trusts those of the"
                    + " system.");
    static final Setting<Optional<Path>> TLS_CERTIFICATE = Setting.of(
            "agent.tls.certificate",
            Kinds.OPTIONAL_PATH,
            "",
            "PEM file of the certificate to show to the agent (mTLS). Renewed files are taken up without a restart.");
    static final Setting<Optional<Path>> TLS_KEY = Setting.of(
            "agent.tls.key", Kinds.OPTIONAL_PATH, "", "PEM file of that certificate's private key, in PKCS#8.");
    static final Setting<Optional<String>> TLS_SERVER_NAME = Setting.of(
            "agent.tls.server-name",
            Kinds.OPTIONAL_TEXT,
            "",
            "Name expected in the agent's certificate, where it is not the target's.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.of(
            "agent.connect-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "5s",
            "Time for one attempt to connect to the agent service.");
    static final Setting<Duration> KEEPALIVE_TIME = Setting.of(
            "agent.keepalive-time",
            Kinds.duration(Duration.ofSeconds(10), Duration.ofHours(2)),
            "5m",
            "Silence on a connection with answers under way after which it is pinged. Services close a connection that"
                    + " pings oftener than they permit, by default every 5 minutes.");
    static final Setting<Duration> KEEPALIVE_TIMEOUT = Setting.of(
            "agent.keepalive-timeout",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            "20s",
            "Time for the answer to such a ping, after which the connection counts as lost.");
    static final Setting<Duration> CALL_TIMEOUT = Setting.of(
            "agent.call-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "5s",
            "Time for the agent service to list its tools.");
    static final Setting<Duration> TOOL_TIMEOUT = Setting.of(
            "agent.tool-timeout",
            Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(30)),
            "30s",
            "Time for the agent service to try a tool.");
    static final Setting<Integer> MAX_EVENT = Setting.of(
            "agent.max-event",
            Kinds.size(1 << 10, 64 << 20),
            "1MiB",
            "Largest event from the agent service; a larger one fails the answer.");
    static final Setting<Integer> WINDOW = Setting.of(
            "agent.window",
            Kinds.size(64 << 10, 64 << 20),
            "1MiB",
            "What the agent service may send ahead of what is read.");
    static final Setting<Boolean> HEALTH_CHECK = Setting.of(
            "agent.health-check",
            Kinds.FLAG,
            "true",
            "Whether an instance of the agent service that says it is not serving gets no new answers.");

    static final Group GROUP = new Group(
            "Agent",
            List.of(
                    TARGET,
                    TLS,
                    TLS_AUTHORITIES,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    TLS_SERVER_NAME,
                    CONNECT_TIMEOUT,
                    KEEPALIVE_TIME,
                    KEEPALIVE_TIMEOUT,
                    CALL_TIMEOUT,
                    TOOL_TIMEOUT,
                    MAX_EVENT,
                    WINDOW,
                    HEALTH_CHECK));

    private AgentKeys() {}

    static AgentChoice bind(Values values) {
        Optional<ClientTls> tls = tls(values);
        if (values.get(TARGET).equals(EMBEDDED)) {
            return BuiltInAgentKeys.bind(values);
        }
        return new AgentChoice.OverGrpc(new GrpcAgentConfig(
                new ConnectionConfig(
                        values.get(TARGET),
                        tls,
                        values.get(CONNECT_TIMEOUT),
                        values.get(KEEPALIVE_TIME),
                        values.get(KEEPALIVE_TIMEOUT),
                        values.get(MAX_EVENT),
                        values.get(WINDOW),
                        values.get(HEALTH_CHECK)),
                values.get(CALL_TIMEOUT),
                values.get(TOOL_TIMEOUT)));
    }

    private static Optional<ClientTls> tls(Values values) {
        Optional<TlsIdentity> identity = TlsFiles.identity(values, TLS_CERTIFICATE, TLS_KEY);
        ClientTls tls = new ClientTls(values.get(TLS_AUTHORITIES), identity, values.get(TLS_SERVER_NAME));
        if (values.get(TLS)) {
            return Optional.of(tls);
        }
        if (!tls.equals(ClientTls.system())) {
            throw new IllegalArgumentException(
                    "agent.tls.enabled must be true when other agent.tls settings are given: they would do nothing.");
        }
        return Optional.empty();
    }
}
