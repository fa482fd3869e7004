package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of webhooks: figures, health, and nothing of either where there are none. */
class WatchedWebhooksTest {
    private static final String KEY = "a key of some length";

    @TempDir
    private Path directory;

    private static HttpServer receiver() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/well", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/gone", exchange -> {
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void tell(RunningProgram program, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(program.base().resolve("/webhooks"))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\":\"" + url + "\"}"))
                .build();
        HttpResponse<String> created = Visitor.HTTP.send(request, BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static double value(Scrape scrape, String name, String... labels) {
        return scrape.value(name, labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1]))
                .orElse(Double.NaN);
    }

    @Test
    void what_is_told_is_counted_and_who_is_gone_is_a_warning() throws Exception {
        HttpServer receiver = receiver();
        try (RunningProgram program = RunningProgram.gateway(
                directory,
                "--admin.keys=" + KEY,
                "--webhooks.allow-insecure=true",
                "--webhooks.allowed-networks=127.0.0.0/8",
                "--webhooks.ports=")) {
            String base = "http://127.0.0.1:" + receiver.getAddress().getPort();
            tell(program, base + "/well");
            tell(program, base + "/gone");
            Visitor.at(program.base());

            await().atMost(RunningProgram.PATIENCE).untilAsserted(() -> {
                Scrape scrape = Scrape.of(program);
                assertThat(value(scrape, "daveloper_webhook_events_total", "type", "session.opened"))
                        .isEqualTo(1);
                assertThat(value(scrape, "daveloper_webhook_attempts_total", "result", "delivered"))
                        .isPositive();
                assertThat(value(scrape, "daveloper_webhook_attempts_total", "result", "gone"))
                        .isEqualTo(1);
                assertThat(value(scrape, "daveloper_webhook_dead_total", "why", "gone"))
                        .isEqualTo(1);
                assertThat(value(scrape, "daveloper_webhook_endpoints", "state", "enabled"))
                        .isEqualTo(1);
                assertThat(value(scrape, "daveloper_webhook_endpoints", "state", "disabled"))
                        .isEqualTo(1);
                assertThat(value(scrape, "daveloper_webhook_waiting")).isZero();
                assertThat(value(scrape, "daveloper_webhook_backlog_age_seconds"))
                        .isZero();
            });
            await().atMost(RunningProgram.PATIENCE)
                    .untilAsserted(() -> assertThat(health(program).body())
                            .contains("1 of 2 endpoints were disabled")
                            .contains("\"status\":\"warn\""));
            assertThat(program.log()).doesNotContain("\tat ");
        } finally {
            receiver.stop(0);
        }
    }

    private static HttpResponse<String> health(RunningProgram program) throws Exception {
        return Scrape.get(Scrape.management(program).resolve("/health/webhooks"));
    }

    @Test
    void where_nobody_is_to_be_told_there_is_nothing_of_it() throws Exception {
        try (RunningProgram program =
                RunningProgram.gateway(directory, "--admin.keys=" + KEY, "--webhooks.enabled=false", "--data.dir=")) {
            HttpResponse<String> asked =
                    Scrape.get(program.base().resolve("/webhooks"), "Authorization", "Bearer " + KEY);

            assertThat(asked.statusCode()).isEqualTo(404);
            assertThat(health(program).statusCode()).isEqualTo(404);
            assertThat(Scrape.of(program).types())
                    .containsKey("daveloper_webhook_attempts_total")
                    .doesNotContainKey("daveloper_webhook_endpoints");
        }
    }
}
