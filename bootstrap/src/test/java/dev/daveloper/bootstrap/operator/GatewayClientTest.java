package dev.daveloper.bootstrap.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What is told of conversations that do not come about; those of the cache show the rest. */
class GatewayClientTest {
    private static final AdminKey KEY = new AdminKey("a key for the administrator");

    @Test
    void a_connection_that_does_not_come_about_is_told() {
        GatewayAddress gateway = new GatewayAddress(URI.create("https://gateway.example"), "url");
        try (GatewayClient client = new GatewayClient(gateway, KEY, Duration.ofSeconds(60))) {
            assertThat(client.unanswered(new HttpConnectTimeoutException("timed out")))
                    .hasMessage("No connection to https://gateway.example comes about within 30 s: is the gateway"
                            + " running there, and is --url right?");
            assertThat(client.unanswered(new SSLHandshakeException("no path")))
                    .hasMessage("No secure connection to https://gateway.example comes about (no path). An authority of"
                            + " your own is trusted with DAVELOPER_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE.");
        }
    }
}
