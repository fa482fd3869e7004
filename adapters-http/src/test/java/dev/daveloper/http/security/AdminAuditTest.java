package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a real server writes about those who call it as administrators. */
class AdminAuditTest {
    private static final String KEY = "a-key-of-alice-that-nobody-guesses";
    private static final String ID =
            DocumentId.next(new Ids(InstantSource.system(), new Random(7))).value();

    private final TestGateway gateway = TestGateway.of(
            ScriptedAgent.saying("hello"),
            config -> config.withAdminKeys(
                    new AdminKeys(Map.of("alice", AdminKeys.hashOf(KEY), "bob", AdminKeys.hashOf("another")))));
    private final Logger logger = (Logger) LoggerFactory.getLogger(AdminAudit.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
        gateway.close();
    }

    private HttpRequest.Builder as(String bearer, String path) {
        return gateway.request(path).header("Authorization", "Bearer " + bearer);
    }

    private List<String> written() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " " + line.getKeyValuePairs())
                .toList();
    }

    @Test
    void a_call_with_an_admin_key_is_one_line_with_the_keys_name_and_without_the_key() throws Exception {
        gateway.send(as(KEY, "/v1/documents?limit=77"));
        gateway.send(as(KEY, "/documents/" + ID).DELETE());

        assertThat(written())
                .containsExactly(
                        "INFO administrator called"
                                + " [key=\"alice\", method=\"GET\", route=\"/v1/documents\", status=\"200\"]",
                        "INFO administrator called [key=\"alice\", method=\"DELETE\","
                                + " route=\"/documents/{id}\", id=\"" + ID + "\", status=\"404\"]");
    }

    @Test
    void also_calls_that_need_no_key_or_go_nowhere_are_written() throws Exception {
        gateway.send(as("another", "/health/live"));
        gateway.send(as("another", "/no/such/place"));
        gateway.send(as("another", "/documents")
                .header("Sec-Fetch-Site", "cross-site")
                .DELETE());

        assertThat(written())
                .containsExactly(
                        "INFO administrator called"
                                + " [key=\"bob\", method=\"GET\", route=\"/health/live\", status=\"200\"]",
                        "INFO administrator called [key=\"bob\", method=\"GET\", route=\"none\", status=\"404\"]",
                        "INFO administrator called [key=\"bob\", method=\"DELETE\", route=\"none\", status=\"403\"]");
    }

    @Test
    void what_looks_like_an_admin_key_and_is_none_is_a_warning() throws Exception {
        gateway.send(as("adm_guessed", "/documents"));

        assertThat(written())
                .containsExactly("WARN no administrator [method=\"GET\", route=\"/documents\", status=\"401\"]");
    }

    @Test
    void sessions_and_strangers_are_nobodys_audit() throws Exception {
        gateway.newCaller().get("/documents");
        gateway.get("/documents");
        gateway.send(as("no-token-at-all", "/documents"));

        assertThat(written()).isEmpty();
    }

    @Test
    void guessing_cannot_flood_the_log() throws Exception {
        for (int i = 0; i < AdminAudit.REFUSALS + 5; i++) {
            gateway.send(as("adm_guess-" + i, "/documents"));
        }
        gateway.send(as(KEY, "/documents"));

        assertThat(lines.list)
                .hasSize(AdminAudit.REFUSALS + 1)
                .last()
                .extracting(ILoggingEvent::getLevel)
                .isEqualTo(Level.INFO);
        assertThat(written()).noneMatch(line -> line.contains("guess-"));
    }
}
