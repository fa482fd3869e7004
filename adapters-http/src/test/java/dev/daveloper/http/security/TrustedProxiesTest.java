package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,     10.255.255.255, true",
        "10.0.0.0/8,     11.0.0.0,       false",
        "192.168.1.7,    192.168.1.7,    true",
        "192.168.1.7,    192.168.1.8,    false",
        "192.0.2.128/25, 192.0.2.129,    true",
        "192.0.2.128/25, 192.0.2.127,    false",
        "0.0.0.0/0,      203.0.113.9,    true",
        "0.0.0.0/0,      2001:db8::1,    false",
        "::/0,           203.0.113.9,    false",
        "fd00::/8,       fdff::1,        true",
        "fd00::/8,       fe00::1,        false",
        "2001:db8::/33,  2001:db8:7fff::1, true",
        "2001:db8::/33,  2001:db8:8000::1, false",
        "::1,            ::1,            true",
        "::ffff:10.0.0.0/8, 10.1.2.3,    true"
    })
    void a_network_has_the_addresses_that_begin_as_it_does(String network, String address, boolean trusted)
            throws Exception {
        TrustedProxies proxies = TrustedProxies.of(List.of(network));
        assertThat(proxies.trust(InetAddress.getByName(address))).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "1",
                "fd00::/129",
                "fd00:::/8",
                "fe80::1%eth0",
                "[::1]",
                "10.0.0.0 /8",
                "*"
            })
    void what_is_no_network_is_refused_and_never_looked_up(String text) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "fd00::1/8", "192.0.2.129/25"})
    void an_address_inside_a_network_does_not_pass_for_the_network(String text) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first address");
    }

    @Test
    void nobody_is_trusted_unless_named() throws Exception {
        assertThat(TrustedProxies.NONE.trust(InetAddress.getLoopbackAddress())).isFalse();
        assertThat(TrustedProxies.of(List.of("10.0.0.0/8")).networks().getFirst())
                .hasToString("10.0.0.0/8");
    }
}
