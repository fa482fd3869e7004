package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {
    private static final EndpointUrl.Rules OPEN = new EndpointUrl.Rules(true, Set.of());

    private static EndpointUrl strict(String text) {
        return EndpointUrl.of(text, EndpointUrl.Rules.STRICT, Reachable.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/hooks, example.com, 443, https://example.com/hooks",
        "HTTPS://Example.COM, example.com, 443, https://example.com/",
        "https://example.com:8443/a/../b?x=1, example.com, 8443, https://example.com:8443/b?x=1",
        "https://[2606:4700:4700::1111]/x, 2606:4700:4700::1111, 443, https://[2606:4700:4700::1111]/x",
        "https://example.com/%7Eme, example.com, 443, https://example.com/%7Eme"
    })
    void a_public_url_with_tls_is_taken_in_one_form(String text, String host, int port, String form) {
        EndpointUrl url = strict(text);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url).hasToString(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com",
                "http://example.com",
                "ftp://example.com",
                "https:example.com",
                "https://",
                "https:///path",
                "https://user@example.com",
                "https://user:word@example.com/",
                "https://example.com#part",
                "https://example.com:25/",
                "https://exa mple.com",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fe80::1%25eth0]/",
                "https://169.254.169.254/latest",
                "javascript:alert(1)",
                "https://10.1"
            })
    void anything_else_is_refused(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> strict(text));
    }

    @Test
    void one_that_is_too_long_is_refused() {
        String text = "https://example.com/" + "a".repeat(EndpointUrl.MAX_CHARS);
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> strict(text));
    }

    @Test
    void an_installation_may_allow_plain_urls_other_ports_and_addresses_of_its_own() {
        Reachable own = new Reachable(List.of(Network.of("127.0.0.0/8")));
        EndpointUrl url = EndpointUrl.of("http://127.0.0.1:9000/hook", OPEN, own);
        assertThat(url.port()).isEqualTo(9_000);
        assertThat(url.isSecure()).isFalse();
        assertThat(EndpointUrl.of("http://example.com", OPEN, own).port()).isEqualTo(80);
    }
}
