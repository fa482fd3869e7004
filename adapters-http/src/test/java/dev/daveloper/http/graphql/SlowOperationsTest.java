package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.http.GraphListener.Result;
import dev.daveloper.http.GraphListener.Transport;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.parser.Parser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowOperationsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final String QUERY = "query Mine($secret: String) { session { id } }";

    private final SlowOperations slow = new SlowOperations(SlowOperations.THRESHOLD);
    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowOperations.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private static GraphEngine.Ready ready(String query) {
        Document document = Parser.parse(query);
        GraphRequest request =
                new GraphRequest(Optional.of(query), Optional.empty(), Map.of("secret", "Xyzzy"), Map.of());
        return new GraphEngine.Ready(
                request, document, NodeUtil.getOperation(document, null).operationDefinition, 42, 0);
    }

    private void look(String query, long nanos) {
        slow.look(ready(query), Transport.SSE, Result.PARTIAL, nanos);
    }

    private List<String> written() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " " + line.getKeyValuePairs())
                .toList();
    }

    @Test
    void an_operation_that_took_too_long_is_one_line_by_which_its_document_is_found_again() {
        look(QUERY, SECOND - 1);
        look(QUERY, SECOND);

        assertThat(written())
                .containsExactly("WARN slow GraphQL operation [operation=\"Mine\", kind=\"query\", transport=\"sse\","
                        + " result=\"partial\", weight=\"42\", millis=\"1000\", document=\""
                        + SlowOperations.digestOf(QUERY) + "\"]");
        assertThat(written().toString()).doesNotContain("Xyzzy", "secret", "session");
    }

    @Test
    void the_digest_is_the_beginning_of_the_one_that_clients_send() {
        assertThat(SlowOperations.digestOf("{__typename}"))
                .isEqualTo("ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"
                        .substring(0, SlowOperations.DIGITS));
    }

    @Test
    void a_name_as_long_as_a_document_is_cut_and_none_is_a_dash() {
        look("query " + "a".repeat(5_000) + " { session { id } }", SECOND);
        look("{ session { id } }", SECOND);

        assertThat(written().getFirst()).contains("operation=\"" + "a".repeat(SlowOperations.MAX_NAME) + "\"");
        assertThat(written().getLast()).contains("operation=\"-\"");
    }

    @Test
    void however_many_are_slow_the_log_is_not_flooded() {
        for (int i = 0; i < 1_000; i++) {
            look(QUERY, SECOND);
        }
        assertThat(written()).hasSize(SlowOperations.LINES);
    }
}
