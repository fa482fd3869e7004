package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.webhooks.WebhookSettings;
import dev.daveloper.domain.webhooks.Network;
import dev.daveloper.domain.webhooks.RetrySchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookKeysTest {
    private static GatewayConfig config(String... args) throws InvalidConfiguration {
        return GatewayConfig.bind(
                Sources.read(CommandLine.parse(args), Map.of(), Path.of("none-such")), InstantSource.system());
    }

    @Test
    void networks_are_named_by_their_first_address() {
        assertThat(WebhookKeys.NETWORKS.kind().read("10.20.0.0/16, 192.0.2.7, fd00::/8"))
                .contains(List.of(Network.of("10.20.0.0/16"), Network.of("192.0.2.7"), Network.of("fd00::/8")));
        assertThat(WebhookKeys.NETWORKS.kind().read("")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.20.30.40/16",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0/8",
                "0x0a.0.0.0/8",
                "fd00::1/8",
                "receivers.example",
                "10.0.0.0/8 10.1.0.0/16"
            })
    void what_opens_more_than_it_seems_to_is_refused(String written) {
        assertThat(WebhookKeys.NETWORKS.kind().read(written)).isEmpty();
        assertThatThrownBy(() -> config("--webhooks.allowed-networks=" + written))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("webhooks.allowed-networks")
                .hasMessageContaining("10.20.0.0/16");
    }

    @Test
    void redis_keeps_deliveries_longer_than_they_are_wanted_and_than_they_wait() throws Exception {
        assertThat(keptInRedis("90d")).isEqualTo(Duration.ofDays(91));
        assertThat(keptInRedis("1m")).isGreaterThan(Duration.ofDays(7));
    }

    private static Duration keptInRedis(String retention) throws InvalidConfiguration {
        GatewayConfig config = config("--redis.url=redis://localhost", "--webhooks.retention=" + retention);
        return ((StoresChoice.InRedis) config.stores()).config().keeping().delivery();
    }

    @Test
    void ports_are_those_named_or_all() {
        assertThat(WebhookKeys.PORTS.kind().read("443,9443 , 443")).contains(Set.of(443, 9443));
        assertThat(WebhookKeys.PORTS.kind().read("")).contains(Set.of());
        for (String wrong : List.of("0", "65536", "-1", "https", "443-445")) {
            assertThat(WebhookKeys.PORTS.kind().read(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void waits_may_stand_in_any_order_and_there_may_be_none() throws InvalidConfiguration {
        assertThat(WebhookKeys.RETRIES.kind().read("2h, 0s, 5s, 5s"))
                .contains(List.of(Duration.ofHours(2), Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5)));
        assertThat(config("--webhooks.retries=").core().webhooks().schedule().attempts())
                .isEqualTo(1);
        assertThat(config().core().webhooks().schedule()).isEqualTo(RetrySchedule.STANDARD);
    }

    @Test
    void waits_that_cannot_be_are_refused() {
        String many = IntStream.rangeClosed(0, RetrySchedule.MAX_WAITS)
                .mapToObj(i -> i + "s")
                .collect(Collectors.joining(","));
        for (String wrong : List.of("5", "PT-5S", "8d", "soon", "5s;5m", many)) {
            assertThat(WebhookKeys.RETRIES.kind().read(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void an_attempt_is_no_shorter_than_its_beginning() {
        assertThatThrownBy(() -> config("--webhooks.timeout=3s"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("webhooks.connect-timeout (5s) must not be longer than webhooks.timeout (3s)");
    }

    @Test
    void defaults_let_nobody_reach_what_is_not_public() throws InvalidConfiguration {
        assertThat(config().core().webhooks()).isEqualTo(WebhookSettings.DEFAULT);
        assertThat(config().webhooks().enabled()).isTrue();
        assertThat(config().webhooks().withText()).isFalse();
        assertThat(config().webhooks().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    }
}
