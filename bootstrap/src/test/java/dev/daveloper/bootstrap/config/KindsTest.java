package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.security.TrustedProxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "2m, PT2M", "24h, PT24H", "30d, PT720H", "PT1M30S, PT1M30S", "0s, PT0S"})
    void durations_are_read_with_their_unit(String written, Duration meant) {
        assertThat(Durations.read(written)).contains(meant);
        assertThat(Durations.read(Durations.write(meant))).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "30 s", "1w", "PT", "P1X", "9999999999s"})
    void what_is_no_duration_is_refused(String written) {
        assertThat(Durations.read(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "512B, 512",
        "64KiB, 65536",
        "1MiB, 1048576",
        "1GiB, 1073741824",
        "1KB, 1000",
        "2MB, 2000000"
    })
    void sizes_are_read_with_their_unit(String written, long bytes) {
        assertThat(Sizes.read(written)).contains(bytes);
        assertThat(Sizes.read(Sizes.write(bytes))).contains(bytes);
    }

    @Test
    void a_value_out_of_range_is_refused() {
        assertThat(Kinds.wholeNumber(1, 5).read("6")).isEmpty();
        assertThat(Kinds.wholeNumber(1, 5).read("99999999999")).isEmpty();
        assertThat(Kinds.wholeNumber(1, 5).read(" 5 ")).contains(5);
        assertThat(Kinds.size(1 << 10, 1 << 20).read("9GiB")).isEmpty();
        assertThat(Kinds.size(1 << 10, 1 << 20).read("big")).isEmpty();
        assertThat(Kinds.duration(Duration.ofSeconds(1), Duration.ofSeconds(2)).read("3s"))
                .isEmpty();
    }

    @Test
    void policies_are_sentences_or_off_each_name_once() {
        assertThat(Kinds.POLICIES
                        .read("a: 1 per 1s by address on chat, b: off , ")
                        .orElseThrow())
                .containsEntry("b", Optional.empty())
                .containsOnlyKeys("a", "b");
        assertThat(Kinds.POLICIES.read("a: off, a: 1 per 1s by address on chat"))
                .isEmpty();
        assertThat(Kinds.POLICIES.read("a: one per second")).isEmpty();
        assertThat(Kinds.POLICIES.read("")).contains(Map.of());
    }

    @Test
    void urls_are_absolute_and_of_the_web() {
        assertThat(Kinds.URL.read("https://api.example/v1")).contains(URI.create("https://api.example/v1"));
        assertThat(Kinds.URL.read("ftp://api.example")).isEmpty();
        assertThat(Kinds.URL.read("api.example")).isEmpty();
        assertThat(Kinds.URL.read("http://a b")).isEmpty();
    }

    @Test
    void origins_are_as_browsers_write_them() {
        assertThat(Kinds.ORIGINS
                        .read("https://a.example, http://localhost:3000")
                        .orElseThrow())
                .containsExactly("https://a.example", "http://localhost:3000");
        assertThat(Kinds.ORIGINS.read("").orElseThrow()).isEmpty();
        assertThat(Kinds.ORIGINS.read("https://a.example/")).isEmpty();
        assertThat(Kinds.ORIGINS.read("https://A.example")).isEmpty();
        assertThat(Kinds.ORIGINS.read("https://user@a.example")).isEmpty();
        assertThat(Kinds.ORIGINS.read("*")).isEmpty();
    }

    @Test
    void networks_are_read_strictly() throws UnknownHostException {
        TrustedProxies proxies = Kinds.PROXIES.read("10.0.0.0/8, 2001:db8::1").orElseThrow();
        assertThat(proxies.trust(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(proxies.trust(InetAddress.getByName("11.1.2.3"))).isFalse();
        assertThat(Kinds.PROXIES.read("")).contains(TrustedProxies.NONE);
        assertThat(Kinds.PROXIES.read("proxy.example")).isEmpty();
        assertThat(Kinds.PROXIES.read("10.0.0.0/33")).isEmpty();
        assertThat(Kinds.PROXIES.read("10.0.0.1/8")).isEmpty();
    }

    @Test
    void an_impossible_path_is_refused() {
        assertThat(Kinds.OPTIONAL_PATH.read("a\0b")).isEmpty();
    }

    @Test
    void a_setting_cannot_be_made_wrong() {
        assertThatThrownBy(() -> Setting.of("Bad.Key", Kinds.TEXT, "", "No key."))
                .hasMessageContaining("Bad.Key");
        assertThatThrownBy(() -> Setting.of("good", Kinds.URL, "none", "No default."))
                .hasMessageContaining("good's default");
    }

    @Test
    void two_admin_keys_of_one_name_are_refused() {
        String hash = "0a".repeat(32);
        assertThat(Kinds.ADMIN_KEYS.read("ops=" + hash + ", night=" + hash)).isPresent();
        assertThat(Kinds.ADMIN_KEYS.read("ops=" + hash + ", ops=" + hash)).isEmpty();
    }
}
