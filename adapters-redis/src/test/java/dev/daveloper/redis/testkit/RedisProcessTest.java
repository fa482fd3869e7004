package dev.daveloper.redis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisProcessTest {
    @Test
    void a_server_answers_as_soon_as_it_is_started() {
        try (RedisProcess redis = RedisProcess.start()) {
            assertThat(redis.url()).isEqualTo("redis://127.0.0.1:" + redis.port());
            assertThat(redis.command("SET", "name", "Zoë")).isEqualTo("OK");
            assertThat(redis.command("GET", "name")).isEqualTo("Zoë");
            assertThat(redis.command("GET", "none")).isEmpty();
            assertThat(redis.command("MGET", "name", "none")).isEqualTo("Zoë\n");
            assertThat(redis.command("DBSIZE")).isEqualTo("1");
        }
    }

    @Test
    void an_error_is_told_in_the_servers_words() {
        try (RedisProcess redis = RedisProcess.start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> redis.command("NONSENSE"))
                    .withMessageContaining("unknown command");
        }
    }

    @Test
    void a_wrong_option_ends_the_start_with_the_servers_log() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisProcess.start("no-such-option yes"))
                .withMessageContaining("no-such-option");
    }

    @Test
    void a_killed_server_is_gone_and_comes_back_on_its_port_without_memory() {
        try (RedisProcess redis = RedisProcess.start()) {
            int port = redis.port();
            redis.command("SET", "k", "v");
            redis.kill();
            assertThat(redis.isAlive()).isFalse();
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.command("PING"));

            redis.restart();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("GET", "k")).isEmpty();
        }
    }

    @Test
    void a_durable_server_loses_nothing_by_a_kill_unless_it_is_wiped() {
        try (RedisProcess redis = RedisProcess.durable()) {
            redis.command("SET", "k", "v");
            redis.restart();
            assertThat(redis.command("GET", "k")).isEqualTo("v");

            redis.wipeAndRestart();
            assertThat(redis.command("GET", "k")).isEmpty();
        }
    }

    @Test
    void a_frozen_server_takes_connections_and_answers_none() {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.freeze();
            assertThat(redis.isAlive()).isTrue();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> redis.command("PING"))
                    .withMessageContaining("PING was not answered");

            redis.thaw();
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void a_frozen_server_can_be_closed() {
        RedisProcess redis = RedisProcess.start();
        redis.freeze();
        redis.close();
        assertThat(redis.isAlive()).isFalse();
    }

    @Test
    void a_password_is_wanted_and_given() {
        try (RedisProcess redis = RedisProcess.start("requirepass secret")) {
            assertThat(redis.command("PING")).isEqualTo("PONG");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Resp.ask(redis.port(), Optional.empty(), "PING"))
                    .withMessageContaining("NOAUTH");
        }
    }

    @Test
    void a_port_that_was_taken_meanwhile_is_given_up_for_another() {
        try (RedisProcess first = RedisProcess.start()) {
            int[] ports = {first.port(), FreePort.any()};
            int[] asked = {0};
            try (RedisProcess second = RedisProcess.start(() -> ports[asked[0]++], false, List.of())) {
                assertThat(second.port()).isEqualTo(ports[1]);
            }
        }
    }
}
