package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of what proxies write; the proxies are in 10.0.0.0/8, the nearest one is 10.0.0.1. */
class ForwardingTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));
    private static final String OWN_HOST = "gateway.internal";

    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    @Test
    void the_client_is_the_nearest_address_that_is_no_proxy() throws Exception {
        assertThat(told("X-Forwarded-For", "198.51.100.1, 203.0.113.9, 10.2.2.2"))
                .isEqualTo(client("203.0.113.9"));
        assertThat(told("X-Forwarded-For", "203.0.113.9")).isEqualTo(client("203.0.113.9"));
        assertThat(told("X-Forwarded-For", "10.3.3.3, 10.2.2.2")).isEqualTo(client("10.3.3.3"));
        assertThat(told("X-Forwarded-For", "2001:db8::9, fd00::1")).isEqualTo(client("2001:db8::9"));
        assertThat(told("X-Forwarded-For", "[2001:db8::9]:443")).isEqualTo(client("2001:db8::9"));
        assertThat(told("X-Forwarded-For", "203.0.113.9:50001")).isEqualTo(client("203.0.113.9"));
        assertThat(told("Forwarded", "for=198.51.100.1, for=203.0.113.9, for=10.2.2.2"))
                .isEqualTo(client("203.0.113.9"));
        assertThat(told("Forwarded", "For=\"[2001:db8::9]:4711\"")).isEqualTo(client("2001:db8::9"));
    }

    @Test
    void lines_of_a_header_are_one_list() throws Exception {
        headers.put("X-Forwarded-For", List.of("198.51.100.1", "203.0.113.9", "10.2.2.2"));
        assertThat(read()).contains(client("203.0.113.9"));
        headers.clear();
        headers.put("Forwarded", List.of("for=\"", "for=203.0.113.9"));
        assertThat(read()).contains(client("203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.1, unknown",
                "198.51.100.1, _hidden",
                "198.51.100.1,",
                "198.51.100.1, 1",
                "198.51.100.1, 0x7f.1",
                "198.51.100.1, evil.example",
                "198.51.100.1, 10.2.2.2.",
                "198.51.100.1, 10.2.2.2:port",
                "198.51.100.1, fe80::1%eth0",
                "198.51.100.1, [::1"
            })
    void behind_what_cannot_be_read_nothing_is_believed(String value) throws Exception {
        assertThat(told("X-Forwarded-For", value)).isEqualTo(client("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=\", for=203.0.113.9",
                "for=198.51.100.1;for=203.0.113.9",
                "for=203.0.113.9:80",
                "for",
                "=",
                ";;",
                "for=203.0.113.9;",
                "for=203.0.113.9, ",
                "for=203.0.113.9 proto=https"
            })
    void a_header_in_an_unusual_form_says_nothing(String value) throws Exception {
        assertThat(told("Forwarded", value)).isEqualTo(client("10.0.0.1"));
    }

    @Test
    void scheme_and_host_are_those_that_the_client_used() throws Exception {
        assertThat(told("Forwarded", "for=203.0.113.9;proto=https;host=\"Chat.Example:8443\", for=10.2.2.2;proto=http"))
                .isEqualTo(new Forwarding(address("203.0.113.9"), "https", "chat.example:8443"));
        assertThat(told("Forwarded", "for=203.0.113.9, for=10.2.2.2;proto=https"))
                .isEqualTo(client("203.0.113.9"));
        assertThat(told(Map.of("X-Forwarded-For", "203.0.113.9, 10.2.2.2", "X-Forwarded-Proto", "HTTPS")))
                .isEqualTo(new Forwarding(address("203.0.113.9"), "https", null));
        assertThat(told(Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto", "https, http")))
                .isEqualTo(new Forwarding(address("203.0.113.9"), "http", null));
        assertThat(told(Map.of("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https, http")))
                .isEqualTo(client("203.0.113.9"));
        assertThat(told("X-Forwarded-Proto", "wss")).isEqualTo(new Forwarding(address("10.0.0.1"), "https", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "javascript", "https://", "", "http s"})
    void other_schemes_are_none(String scheme) throws Exception {
        assertThat(told("X-Forwarded-Proto", scheme)).isEqualTo(client("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a b",
                "user@host",
                "host:99999",
                "host:",
                "host:0",
                "[::1",
                "[zz]",
                "[1.2.3.4.5]",
                "a\u0000b",
                "é.example",
                "-a"
            })
    void what_is_no_host_is_not_taken_for_one(String host) throws Exception {
        assertThat(told("X-Forwarded-Host", host)).isEqualTo(client("10.0.0.1"));
    }

    @Test
    void a_port_that_is_told_apart_belongs_to_a_host_without_one() throws Exception {
        assertThat(told(Map.of("X-Forwarded-Host", "chat.example", "X-Forwarded-Port", "8443"))
                        .host())
                .isEqualTo("chat.example:8443");
        assertThat(told(Map.of("X-Forwarded-Host", "chat.example:1", "X-Forwarded-Port", "8443"))
                        .host())
                .isEqualTo("chat.example:1");
        assertThat(told(Map.of("X-Forwarded-Host", "[::1]", "X-Forwarded-Port", "8443"))
                        .host())
                .isEqualTo("[::1]:8443");
        assertThat(told(Map.of("X-Forwarded-Port", "8443")).host()).isEqualTo(OWN_HOST + ":8443");
        assertThat(told(Map.of("X-Forwarded-Port", "443", "X-Forwarded-Proto", "https"))
                        .host())
                .isEqualTo(OWN_HOST);
        for (String odd : List.of("0", "65536", "-1", "80a", "", "80, 81")) {
            assertThat(told(Map.of("X-Forwarded-Host", "chat.example", "X-Forwarded-Port", odd))
                            .host())
                    .as(odd)
                    .isEqualTo("chat.example");
        }
    }

    @Test
    void two_kinds_of_headers_that_contradict_each_other_are_both_ignored() throws Exception {
        headers.put("Forwarded", List.of("for=198.51.100.1"));
        headers.put("X-Forwarded-For", List.of("203.0.113.9"));
        assertThat(read()).isEmpty();
        headers.put("Forwarded", List.of("for=198.51.100.1, for=203.0.113.9"));
        assertThat(read()).contains(client("203.0.113.9"));
        headers.put("Forwarded", List.of("for=203.0.113.9;proto=https"));
        assertThat(read()).isEmpty();
    }

    /** Whatever comes is read without a failure, and never makes a client of somebody behind an unreadable hop. */
    @Test
    void no_nonsense_is_ever_a_failure() throws Exception {
        Random random = new Random(7);
        String alphabet = "for=,;\"\\ :[].10239afx_protohsu\t%";
        for (int i = 0; i < 20_000; i++) {
            headers.clear();
            for (String name : List.of(
                    "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port")) {
                if (random.nextBoolean()) {
                    headers.put(name, lines(random, alphabet));
                }
            }
            read();
        }
        headers.put("Forwarded", List.of("for=\"" + "\\\"".repeat(8_000)));
        headers.put("X-Forwarded-For", List.of(",".repeat(16_000)));
        assertThat(read()).contains(client("10.0.0.1"));
    }

    private static List<String> lines(Random random, String alphabet) {
        List<String> lines = new ArrayList<>();
        for (int line = random.nextInt(3); line >= 0; line--) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(24), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            lines.add(text.toString());
        }
        return lines;
    }

    private Forwarding told(String name, String value) throws UnknownHostException {
        return told(Map.of(name, value));
    }

    private Forwarding told(Map<String, String> values) throws UnknownHostException {
        headers.clear();
        values.forEach((name, value) -> headers.put(name, List.of(value)));
        return read().orElseThrow();
    }

    private Optional<Forwarding> read() throws UnknownHostException {
        return Forwarding.read(name -> headers.getOrDefault(name, List.of()), PROXIES, address("10.0.0.1"), OWN_HOST);
    }

    private static Forwarding client(String address) throws UnknownHostException {
        return new Forwarding(address(address), null, null);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
