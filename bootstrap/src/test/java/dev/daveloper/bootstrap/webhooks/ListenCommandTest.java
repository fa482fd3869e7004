package dev.daveloper.bootstrap.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daveloper.bootstrap.config.CommandLine;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.config.ListenOptions;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.OddGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What it says of gateways that do not do their part. Those that do are asked in {@code e2e}. */
class ListenCommandTest {
    private static final String KEY = "a key for the administrator";
    private static final String CREATED = "{\"id\":\"ep_01ks9v7m4e8f0gq2w3c5t6y7zn\"}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicBoolean listened = new AtomicBoolean();

    @Test
    void without_a_key_nobody_is_asked() {
        assertThat(mistakes(Map.of(), "--gateway=http://localhost:8080"))
                .containsExactly("No admin key is given: set DAVELOPER_ADMIN_KEY in the environment to one that the"
                        + " gateway was started with.");
        assertThat(mistakes(Map.of("DAVELOPER_ADMIN_KEY", " "), "--gateway=gw"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("--gateway must be the address of a gateway, such as"),
                        other -> assertThat(other).isEqualTo("There is no admin key in DAVELOPER_ADMIN_KEY."));
    }

    @Test
    void where_no_gateway_is_it_is_told() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        String address = "http://127.0.0.1:" + free;
        assertThat(failure(address))
                .isEqualTo("Nothing answers at " + address + ": is the gateway running there, and is --gateway right?");
        assertThat(listened).isFalse();
    }

    @Test
    void what_answers_like_no_gateway_is_told() throws Exception {
        try (OddGateway odd = OddGateway.answering(200, "application/json", bytes("{\"items\":[]}"))) {
            assertThat(failure(odd.address().toString())).contains("no gateway", "200 with application/json");
        }
        try (OddGateway odd = answering("{\"items\":[]}", "{\"id\":\"../../sessions\"}", 204)) {
            assertThat(failure(odd.address().toString()))
                    .isEqualTo("What answers at " + odd.address() + " is no gateway: its webhooks have no ids.");
        }
        assertThat(listened).isFalse();
    }

    @Test
    void what_cannot_be_deleted_at_the_end_is_told() throws Exception {
        try (OddGateway odd = answering("{\"items\":[]}", CREATED, 503)) {
            assertThat(failure(odd.address().toString()))
                    .startsWith("The webhook ep_01ks9v7m4e8f0gq2w3c5t6y7zn stays at the gateway until somebody deletes"
                            + " it or listens on this port again. ");
        }
        assertThat(listened).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(KEY, "whsec_");
    }

    private static OddGateway answering(String list, String created, int deleted) throws Exception {
        return OddGateway.that(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = bytes(exchange.getRequestMethod().equals("GET") ? list : created);
            switch (exchange.getRequestMethod()) {
                case "GET" -> exchange.sendResponseHeaders(200, body.length);
                case "POST" -> exchange.sendResponseHeaders(201, body.length);
                default -> {
                    exchange.sendResponseHeaders(deleted, -1);
                    return;
                }
            }
            exchange.getResponseBody().write(body);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> mistakes(Map<String, String> environment, String option) {
        return catchThrowableOfType(InvalidConfiguration.class, () -> run(environment, option))
                .mistakes();
    }

    private String failure(String gateway) {
        return catchThrowableOfType(
                        CommandFailed.class, () -> run(Map.of("DAVELOPER_ADMIN_KEY", KEY), "--gateway=" + gateway))
                .getMessage();
    }

    private void run(Map<String, String> environment, String... options) throws Exception {
        String[] all = Stream.concat(Stream.of("webhooks", "listen", "--port=0"), Stream.of(options))
                .toArray(String[]::new);
        new ListenCommand(environment, new PrintStream(out, true, StandardCharsets.UTF_8))
                .run(ListenOptions.of(CommandLine.parse(all)), () -> listened.set(true));
    }
}
