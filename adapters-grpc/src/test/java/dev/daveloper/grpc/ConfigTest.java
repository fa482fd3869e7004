package dev.daveloper.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings that cannot be meant stop the start, by name. */
class ConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void an_agent_config_says_what_is_wrong() {
        assertThatThrownBy(() -> GrpcAgentConfig.of(" ")).isInstanceOf(InvalidValue.class);
        assertWrong("connectTimeout", Duration.ZERO, MINUTE, SECOND, SECOND, SECOND, 1, 1 << 20);
        assertWrong("keepAliveTime", SECOND, SECOND, SECOND, SECOND, SECOND, 1, 1 << 20);
        assertWrong("keepAliveTimeout", SECOND, MINUTE, Duration.ZERO, SECOND, SECOND, 1, 1 << 20);
        assertWrong("callTimeout", SECOND, MINUTE, SECOND, Duration.ZERO, SECOND, 1, 1 << 20);
        assertWrong("toolTimeout", SECOND, MINUTE, SECOND, SECOND, Duration.ZERO, 1, 1 << 20);
        assertWrong("maxEventBytes", SECOND, MINUTE, SECOND, SECOND, SECOND, 0, 1 << 20);
        assertWrong("windowBytes", SECOND, MINUTE, SECOND, SECOND, SECOND, 1, 1);
    }

    @Test
    void a_server_config_says_what_is_wrong() {
        assertThatThrownBy(() -> AgentServerConfig.of(-1)).hasMessageContaining("port");
        assertThatThrownBy(() -> AgentServerConfig.of(70_000)).hasMessageContaining("port");
        assertThatThrownBy(() -> AgentServerConfig.of(0).withMaxCalls(0)).hasMessageContaining("maxCalls");
        assertThatThrownBy(() -> AgentServerConfig.of(0).withDrain(SECOND.negated()))
                .hasMessageContaining("drain");
        assertThatThrownBy(() ->
                        new AgentServerConfig("localhost", 0, Optional.empty(), false, 1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("maxAnswerTime");
    }

    @Test
    void nobody_but_this_machine_is_served_unless_told_so() {
        assertThat(AgentServerConfig.of(0).host()).isEqualTo("127.0.0.1");
        assertThat(AgentServerConfig.of(0).withHost("0.0.0.0").host()).isEqualTo("0.0.0.0");
        assertThat(AgentServerConfig.of(0).reflection()).isFalse();
    }

    private static void assertWrong(
            String name,
            Duration connectTimeout,
            Duration keepAliveTime,
            Duration keepAliveTimeout,
            Duration callTimeout,
            Duration toolTimeout,
            int maxEventBytes,
            int windowBytes) {
        assertThatThrownBy(() -> new GrpcAgentConfig(
                        "localhost:1",
                        Optional.empty(),
                        connectTimeout,
                        keepAliveTime,
                        keepAliveTimeout,
                        callTimeout,
                        toolTimeout,
                        maxEventBytes,
                        windowBytes,
                        true))
                .isInstanceOfSatisfying(
                        InvalidValue.class, wrong -> assertThat(wrong.name()).isEqualTo(name));
    }
}
