package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.requests.JsonCodec;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A route that is for administrators alone. */
class AdminsTest {
    private final Admins admins = new Admins(new AdminKeys(Map.of("alice", AdminKeys.hashOf("the-key"))));
    private final HttpClient client = HttpClient.newHttpClient();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AdminAudit.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Javalin server;

    @BeforeEach
    void start() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        Failures failures = new Failures(new JsonCodec(1_000));
        server = Javalin.create(config -> {
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            config.startup.showJavalinBanner = false;
            config.routes.exception(Exception.class, failures::answer);
            config.routes.get("/stats", ctx -> ctx.result("for " + admins.requireAdmin(ctx)));
            new AdminAudit(admins).register(config.routes);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        client.shutdownNow();
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private HttpResponse<String> get(String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/stats"));
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    @Test
    void an_admin_key_opens_it_and_is_told_by_its_name() throws Exception {
        HttpResponse<String> answer = get("Authorization", "bearer the-key");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("for alice");
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getLevel)
                .isEqualTo(Level.INFO);
    }

    @Test
    void any_other_bearer_token_is_refused_and_a_warning() throws Exception {
        HttpResponse<String> answer = get("Authorization", "Bearer another-key");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(TestGateway.json(answer).path("code").textValue()).isEqualTo("admin_required");
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getKeyValuePairs()).hasToString("[method=\"GET\", route=\"/stats\", status=\"403\"]");
        });
    }

    @Test
    void whoever_brings_no_token_is_refused_and_tried_nothing() throws Exception {
        assertThat(get().statusCode()).isEqualTo(403);
        assertThat(get("Cookie", "daveloper_session=" + "A".repeat(43)).statusCode())
                .isEqualTo(403);
        assertThat(get("Authorization", "Basic dGhlLWtleQ==").statusCode()).isEqualTo(403);
        assertThat(lines.list).isEmpty();
    }
}
