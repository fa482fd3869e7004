package dev.daveloper.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Settings that cannot be meant stop the start, by name. */
class ConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ConnectionConfig CONNECTION = ConnectionConfig.to("localhost:1");

    @Test
    void a_connection_config_says_what_is_wrong() {
        assertWrong("target", () -> ConnectionConfig.to(" "));
        assertWrong("connectTimeout", () -> connection(Duration.ZERO, MINUTE, SECOND, 1, 1 << 20));
        assertWrong("keepAliveTime", () -> connection(SECOND, SECOND, SECOND, 1, 1 << 20));
        assertWrong("keepAliveTimeout", () -> connection(SECOND, MINUTE, Duration.ZERO, 1, 1 << 20));
        assertWrong("maxMessageBytes", () -> connection(SECOND, MINUTE, SECOND, 0, 1 << 20));
        assertWrong("windowBytes", () -> connection(SECOND, MINUTE, SECOND, 1, 1));
    }

    @Test
    void an_agent_config_says_what_is_wrong() {
        assertWrong("callTimeout", () -> new GrpcAgentConfig(CONNECTION, Duration.ZERO, SECOND));
        assertWrong("toolTimeout", () -> new GrpcAgentConfig(CONNECTION, SECOND, Duration.ZERO));
    }

    @Test
    void a_documents_config_says_what_is_wrong() {
        assertWrong("callTimeout", () -> documents(Duration.ZERO, SECOND, SECOND, SECOND));
        assertWrong("uploadTimeout", () -> documents(SECOND, Duration.ZERO, SECOND, SECOND));
        assertWrong("stallTimeout", () -> documents(SECOND, SECOND, Duration.ZERO, SECOND));
        assertWrong("watchTimeout", () -> documents(SECOND, SECOND, SECOND, Duration.ZERO));
        assertWrong("maxUploads", () -> DocumentsServerConfig.of(0).withMaxUploads(0));
    }

    @Test
    void a_server_config_says_what_is_wrong() {
        ServingConfig good = ServingConfig.on(0, 1);
        assertWrong("port", () -> ServingConfig.on(-1, 1));
        assertWrong("port", () -> ServingConfig.on(70_000, 1));
        assertWrong("maxCalls", () -> good.withMaxCalls(0));
        assertWrong("drain", () -> good.withDrain(SECOND.negated()));
        assertWrong("maxAnswerTime", () -> new AgentServerConfig(good, Duration.ZERO));
    }

    @Test
    void nobody_but_this_machine_is_served_unless_told_so() {
        ServingConfig usual = AgentServerConfig.of(0).serving();
        assertThat(usual.host()).isEqualTo("127.0.0.1");
        assertThat(usual.withHost("0.0.0.0").host()).isEqualTo("0.0.0.0");
        assertThat(usual.reflection()).isFalse();
    }

    private static GrpcDocumentsConfig documents(Duration call, Duration upload, Duration stall, Duration watch) {
        return new GrpcDocumentsConfig(CONNECTION, call, upload, stall, watch);
    }

    private static ConnectionConfig connection(
            Duration connectTimeout,
            Duration keepAliveTime,
            Duration keepAliveTimeout,
            int maxMessageBytes,
            int windowBytes) {
        return new ConnectionConfig(
                "localhost:1",
                Optional.empty(),
                connectTimeout,
                keepAliveTime,
                keepAliveTimeout,
                maxMessageBytes,
                windowBytes,
                true);
    }

    private static void assertWrong(String name, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidValue.class, wrong -> assertThat(wrong.name()).isEqualTo(name));
    }
}
