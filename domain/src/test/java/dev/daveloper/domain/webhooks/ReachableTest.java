package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a delivery may go: the table of Smokescreen and the registries of special purposes. */
class ReachableTest {
    private static boolean permits(Reachable reachable, String address) {
        return reachable.permits(Addresses.literal(address).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::a00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:a00:1::",
                "2002:808:808::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void what_is_not_public_is_refused(String address) {
        assertThat(permits(Reachable.PUBLIC, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.254",
                "100.128.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700:4700::1111",
                "2001:4860:4860::8888",
                "2a00:1450:4001::1"
            })
    void what_is_public_is_permitted_up_to_each_border(String address) {
        assertThat(permits(Reachable.PUBLIC, address)).isTrue();
    }

    @Test
    void an_installation_may_allow_what_is_its_own_and_nothing_beside() {
        Reachable reachable =
                new Reachable(List.of(Network.of("10.1.0.0/16"), Network.of("fd00:1::/32"), Network.of("127.0.0.1")));
        assertThat(permits(reachable, "10.1.200.3")).isTrue();
        assertThat(permits(reachable, "::ffff:10.1.200.3")).isTrue();
        assertThat(permits(reachable, "10.2.0.1")).isFalse();
        assertThat(permits(reachable, "fd00:1::9")).isTrue();
        assertThat(permits(reachable, "fd00:2::9")).isFalse();
        assertThat(permits(reachable, "127.0.0.1")).isTrue();
        assertThat(permits(reachable, "127.0.0.2")).isFalse();
    }

    @Test
    void what_is_no_address_is_refused() {
        assertThat(Reachable.PUBLIC.permits(HexFormat.of().parseHex("08080808aa")))
                .isFalse();
        assertThat(Reachable.PUBLIC.permits(new byte[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "1.2.3.4.5",
                "1.2.3.256",
                "example.123",
                "0x.0x",
                "127.1."
            })
    void a_host_that_some_read_as_a_number_is_refused(String host) {
        assertThat(Reachable.PUBLIC.refusalOf(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "8.8.8.8", "a1.b2", "1password.com", "0xygen.example", "localhost"})
    void a_name_is_judged_when_it_is_resolved(String host) {
        assertThat(Reachable.PUBLIC.refusalOf(host)).isEmpty();
    }

    /** As a resolver may hand it over: what the text says of it has been turned into four bytes already. */
    @Test
    void sixteen_bytes_that_mean_an_address_of_ipv4_are_judged_as_that() {
        assertThat(Reachable.PUBLIC.permits(HexFormat.of().parseHex("00000000000000000000ffff08080808")))
                .isTrue();
        assertThat(Reachable.PUBLIC.permits(HexFormat.of().parseHex("00000000000000000000ffff7f000001")))
                .isFalse();
        assertThat(Reachable.PUBLIC.permits(HexFormat.of().parseHex("00000000000000000000ffffa9fea9fe")))
                .isFalse();
        Reachable allowing = new Reachable(List.of(Network.of("127.0.0.0/8")));
        assertThat(allowing.permits(HexFormat.of().parseHex("00000000000000000000ffff7f000001")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000000000000000000000" + "08080808",
                "000000000000000000000fff" + "08080808",
                "00000000000000000000ff00" + "08080808",
                "00000000000000000000ffff" + "0808",
                "00000000000000000001ffff" + "08080808",
                "01000000000000000000ffff" + "08080808"
            })
    void bytes_that_nearly_mean_an_address_of_ipv4_are_refused(String address) {
        assertThat(Reachable.PUBLIC.permits(HexFormat.of().parseHex(address))).isFalse();
    }
}
