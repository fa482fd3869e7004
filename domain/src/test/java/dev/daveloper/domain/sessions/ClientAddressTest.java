package dev.daveloper.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class ClientAddressTest {
    private static final byte[] SECRET = new byte[AddressHash.MIN_SECRET_BYTES];

    @Test
    void a_household_with_ipv6_counts_as_one() throws UnknownHostException {
        assertThat(of("2001:db8::1")).isEqualTo(of("2001:db8::ffff:2")).isNotEqualTo(of("2001:db8:0:1::1"));
        assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2")).isEqualTo(of("::ffff:192.0.2.1"));
    }

    @Test
    void an_address_is_never_printed() throws UnknownHostException {
        assertThat(of("192.0.2.1")).hasToString("***");
        assertThat(AddressHash.of(of("192.0.2.1"), SECRET)).hasToString("***");
    }

    @Test
    void a_hash_tells_addresses_apart_and_changes_with_the_secret() throws UnknownHostException {
        byte[] other = SECRET.clone();
        other[0] = 1;
        AddressHash hash = AddressHash.of(of("192.0.2.1"), SECRET);

        assertThat(hash).isEqualTo(AddressHash.of(of("192.0.2.1"), SECRET));
        assertThat(hash).isNotEqualTo(AddressHash.of(of("192.0.2.2"), SECRET));
        assertThat(hash).isNotEqualTo(AddressHash.of(of("192.0.2.1"), other));
        assertThat(hash.hex()).hasSize(64);
    }

    @Test
    void a_short_secret_is_refused() throws UnknownHostException {
        ClientAddress address = of("192.0.2.1");
        assertThatIllegalArgumentException().isThrownBy(() -> AddressHash.of(address, new byte[31]));
    }

    private static ClientAddress of(String literal) throws UnknownHostException {
        return ClientAddress.of(InetAddress.getByName(literal));
    }
}
