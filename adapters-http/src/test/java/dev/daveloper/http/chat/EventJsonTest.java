package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep.Notice;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunOutcome;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.requests.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final RunId RUN = new RunId("run_01h00000000000000000000000");
    private static final MessageId ANSWER = new MessageId("msg_01h00000000000000000000002");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "events.txt");

    private final EventJson events = new EventJson(new JsonCodec(1_000_000));

    private static final Citation PASSAGE = new Citation(
            1,
            new Citation.UrlSource("/library/guides/agents"),
            "Agents",
            "An agent \"answers\".",
            Optional.of(new Citation.Position(3, 22, OptionalInt.empty())));
    private static final Citation PAGE = new Citation(
            2,
            new Citation.DocumentSource("doc_1"),
            "Report",
            "42",
            Optional.of(new Citation.Position(0, 2, OptionalInt.of(7))));
    private static final Json ARGUMENTS = new Json("{\n  \"q\": \"a\\nb\"\r\n}");
    private static final ToolResult RESULT = new ToolResult(true, "found\n");

    static List<RunEvent> everyEvent() {
        return List.of(
                new RunEvent.Started(
                        new SessionId("ses_01h00000000000000000000000"),
                        ANSWER,
                        new MessageId("msg_01h00000000000000000000001")),
                new AgentEvent.TextDelta("He said \"\u00e4\u2028\ud83d\ude00\"\\\n\t\u0001"),
                new AgentEvent.ReasoningDelta("hm"),
                new AgentEvent.ToolStarted("c1", "search", ARGUMENTS),
                new AgentEvent.ToolFinished("c1", RESULT),
                new AgentEvent.CitationAdded(PASSAGE),
                new AgentEvent.CitationAdded(PAGE),
                new AgentEvent.UsageReported(new Usage(12, 34)),
                new RunEvent.Finished(fullAnswer()),
                new RunEvent.Finished(emptyAnswer()));
    }

    private static AssistantMessage fullAnswer() {
        return new AssistantMessage(
                ANSWER,
                RUN,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "Hello [1]",
                RunOutcome.FAILED,
                List.of(PASSAGE, PAGE),
                List.of(
                        new ToolCall("c1", "search", ARGUMENTS, Optional.of(RESULT)),
                        new ToolCall("c2", "search", Json.EMPTY_OBJECT, Optional.empty())),
                Optional.of(new Usage(12, 34)),
                Optional.of(new Failure(FailureCode.AGENT_FAILED, "The agent failed.")));
    }

    private static AssistantMessage emptyAnswer() {
        return new AssistantMessage(
                ANSWER,
                RUN,
                Instant.parse("2026-01-02T03:04:05Z"),
                "",
                RunOutcome.CANCELLED,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The wire format is a promise. Run with {@code -Ddaveloper.update-docs} to write the file anew. */
    @Test
    void every_event_is_written_as_the_golden_file_has_it() throws Exception {
        List<String> lines = new ArrayList<>();
        long seq = 0;
        for (RunEvent event : everyEvent()) {
            lines.add(events.text(RUN, new LoggedEvent(new Cursor(1, ++seq), event)));
        }
        for (Notice notice : Notice.values()) {
            lines.add(events.text(RUN, notice));
        }
        if (System.getProperty("daveloper.update-docs") != null) {
            Files.write(GOLDEN, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void a_server_sent_event_is_one_line_of_data_with_type_and_cursor() throws Exception {
        for (RunEvent event : everyEvent()) {
            LoggedEvent logged = new LoggedEvent(new Cursor(2, 42), event);
            String sent = new String(events.serverSentEvent(RUN, logged), StandardCharsets.UTF_8);
            String[] lines = sent.split("\n", -1);
            assertThat(lines).hasSize(5);
            assertThat(lines[0]).isEqualTo("event: " + EventJson.typeOf(event));
            assertThat(lines[1]).isEqualTo("id: 2-42");
            assertThat(lines[2]).isEqualTo("data: " + events.text(RUN, logged));
            assertThat(sent).doesNotContain("\r").endsWith("\n\n");
            JsonNode data = TestGateway.JSON.readTree(lines[2].substring(6));
            assertThat(data.get("type").textValue()).isEqualTo(EventJson.typeOf(event));
            assertThat(data.get("runId").textValue()).isEqualTo(RUN.value());
            assertThat(data.get("cursor").textValue()).isEqualTo("2-42");
        }
    }

    @Test
    void a_notice_is_one_line_of_data_with_its_type_and_without_an_id() {
        for (Notice notice : Notice.values()) {
            assertThat(events.serverSentEvent(RUN, notice))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("event: notice\ndata: " + events.text(RUN, notice) + "\n\n");
        }
    }

    @Test
    void any_text_is_read_back_as_it_was() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            String text = randomText(random);
            String json = events.text(RUN, new LoggedEvent(new Cursor(1, 1), new AgentEvent.TextDelta(text)));
            assertThat(TestGateway.JSON.readTree(json).get("text").textValue()).isEqualTo(text);
        }
    }

    @Test
    void a_character_that_is_cut_in_two_is_whole_again_when_its_halves_are_joined() throws Exception {
        for (String text : List.of("a\ud83d", "\ude00b", "\ud83d\ud83d\ude00")) {
            String sent = new String(
                    events.serverSentEvent(RUN, new LoggedEvent(new Cursor(1, 1), new AgentEvent.TextDelta(text))),
                    StandardCharsets.UTF_8);
            String data = sent.lines()
                    .filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow();
            assertThat(TestGateway.JSON.readTree(data.substring(6)).get("text").textValue())
                    .isEqualTo(text);
        }
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int codePoint = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> "\"\\/<>&'".charAt(random.nextInt(7));
                case 2 -> random.nextInt(0x20, 0xd800);
                default -> random.nextInt(0x10000, 0x110000);
            };
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
