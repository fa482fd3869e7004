package dev.daveloper.bootstrap.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.AgentTimeout;
import dev.daveloper.domain.sessions.SessionEnd;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

@ResourceLock("the logging of this process")
class EventLogTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Ids ids = new Ids(() -> NOON, new Random(1));
    private final Run run =
            new Run(RunId.next(ids), SessionId.next(ids), MessageId.next(ids), MessageId.next(ids), NOON, false);
    private final Logger logger = (Logger) LoggerFactory.getLogger("daveloper");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final EventLog log = new EventLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void an_answer_is_one_line_at_info_without_its_text() {
        log.on(new GatewayEvent.RunStarted(run, NOON));
        log.on(new GatewayEvent.RunEnded(run, answer(), NOON.plusMillis(1500)));

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.INFO);
        assertThat(pairs(1))
                .containsExactly(
                        "run=\"" + run.id() + '"',
                        "session=\"" + run.sessionId() + '"',
                        "outcome=\"failed\"",
                        "ms=\"1500\"",
                        "chars=\"11\"",
                        "citations=\"0\"",
                        "tools=\"0\"",
                        "error=\"agent_timeout\"");
        assertThat(lines.list.get(1).getFormattedMessage() + pairs(1)).doesNotContain("very secret");
    }

    @Test
    void sessions_are_for_those_who_look_closely() {
        log.on(new GatewayEvent.SessionOpened(run.sessionId(), NOON));
        log.on(new GatewayEvent.SessionEnded(run.sessionId(), SessionEnd.EXPIRED, NOON));
        log.on(new GatewayEvent.SessionRenewed(run.sessionId(), NOON));

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
        assertThat(pairs(1)).contains("how=\"expired\"");
    }

    @Test
    void trouble_comes_with_its_cause() {
        log.on(new GatewayEvent.Trouble("keeper", new IllegalStateException("broken"), NOON));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("broken");
        });
    }

    private List<String> pairs(int line) {
        return lines.list.get(line).getKeyValuePairs().stream()
                .map(Object::toString)
                .toList();
    }

    private AssistantMessage answer() {
        return new AssistantMessage(
                run.messageId(),
                run.id(),
                NOON,
                "very secret",
                RunOutcome.FAILED,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new AgentTimeout().toFailure()));
    }
}
