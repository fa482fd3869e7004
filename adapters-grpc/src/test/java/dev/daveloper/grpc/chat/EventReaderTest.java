package dev.daveloper.grpc.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentEvent.ToolStarted;
import dev.daveloper.domain.chat.Citation.UrlSource;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.proto.agent.v1.ChatResponse;
import dev.daveloper.proto.agent.v1.Citation;
import dev.daveloper.proto.agent.v1.CitationAdded;
import dev.daveloper.proto.agent.v1.Position;
import dev.daveloper.proto.agent.v1.ToolFinished;
import dev.daveloper.proto.agent.v1.UsageReported;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a foreign agent's events is taken up, and what is left out. */
class EventReaderTest {
    private final EventReader reader = new EventReader("run_test");

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "\"x\"", "{} {}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1,}", "null", " "})
    void arguments_that_are_no_object_leave_the_tool_out(String arguments) {
        assertThat(reader.read(started("c1", "dice", arguments))).isNull();
        assertThat(reader.read(finished("c1"))).isNull();
    }

    @Test
    void arguments_nested_without_end_are_left_out() {
        assertThat(reader.read(started("c1", "dice", "{\"a\":".repeat(100_000))))
                .isNull();
    }

    @Test
    void arguments_stay_as_they_were_written() {
        String arguments = " {\"n\" : 1.00, \"n\":\"\\u00e4\"}\n";
        assertThat(reader.read(started("c1", "dice", arguments)))
                .isEqualTo(new ToolStarted("c1", "dice", new Json(arguments)));
        assertThat(reader.read(started("c2", "dice", ""))).isEqualTo(new ToolStarted("c2", "dice", Json.EMPTY_OBJECT));
    }

    @Test
    void a_tool_needs_a_name_and_a_call_id_of_its_own() {
        assertThat(reader.read(started("", "dice", "{}"))).isNull();
        assertThat(reader.read(started("c1", "", "{}"))).isNull();
        assertThat(reader.read(started("c1", "dice", "{}"))).isNotNull();
        assertThat(reader.read(started("c1", "dice", "{}"))).isNull();
    }

    @Test
    void a_tool_finishes_once_and_only_if_it_started() {
        assertThat(reader.read(finished("c1"))).isNull();
        assertThat(reader.read(started("c1", "dice", "{}"))).isNotNull();
        assertThat(reader.read(finished("c2"))).isNull();
        assertThat(reader.read(finished("c1"))).isInstanceOf(AgentEvent.ToolFinished.class);
        assertThat(reader.read(finished("c1"))).isNull();
    }

    @Test
    void no_more_tools_run_at_once_than_are_counted() {
        for (int i = 0; i < EventReader.MAX_OPEN_CALLS; i++) {
            assertThat(reader.read(started("c" + i, "dice", "{}"))).isNotNull();
        }
        assertThat(reader.read(started("one more", "dice", "{}"))).isNull();
        assertThat(reader.read(finished("c0"))).isNotNull();
        assertThat(reader.read(started("one more", "dice", "{}"))).isNotNull();
    }

    @Test
    void negative_usage_is_left_out() {
        assertThat(reader.read(usage(-1, 0))).isNull();
        assertThat(reader.read(usage(0, -1))).isNull();
        assertThat(reader.read(usage(0, 0))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "guide.html",
                "https:no-host",
                "file:///etc/passwd",
                "http://a b",
                "\\\\evil"
            })
    void a_citation_needs_something_to_open(String url) {
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(1).setUrl(url))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a?b=c#d", "HTTP://example.org", "/docs/guide#top"})
    void addresses_that_can_be_opened_are_kept(String url) {
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(1).setUrl(url))))
                .isInstanceOfSatisfying(
                        AgentEvent.CitationAdded.class,
                        added -> assertThat(added.citation().source()).isEqualTo(new UrlSource(url)));
    }

    @Test
    void a_citation_counts_from_one_and_has_a_source() {
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(0).setDocumentId("doc_1"))))
                .isNull();
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(-3).setDocumentId("doc_1"))))
                .isNull();
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(1).setDocumentId(" "))))
                .isNull();
        assertThat(reader.read(cited(Citation.newBuilder().setIndex(1)))).isNull();
        assertThat(reader.read(ChatResponse.newBuilder()
                        .setCitationAdded(CitationAdded.getDefaultInstance())
                        .build()))
                .isNull();
    }

    @Test
    void a_bad_position_does_not_cost_the_citation() {
        Citation.Builder citation = Citation.newBuilder()
                .setIndex(1)
                .setDocumentId("doc_1")
                .setPosition(Position.newBuilder().setStart(5).setEnd(4));
        assertThat(reader.read(cited(citation)))
                .isInstanceOfSatisfying(
                        AgentEvent.CitationAdded.class,
                        added -> assertThat(added.citation().position()).isEqualTo(Optional.empty()));
    }

    private static ChatResponse started(String callId, String name, String arguments) {
        return ChatResponse.newBuilder()
                .setToolStarted(dev.daveloper.proto.agent.v1.ToolStarted.newBuilder()
                        .setCallId(callId)
                        .setName(name)
                        .setArgumentsJson(arguments))
                .build();
    }

    private static ChatResponse finished(String callId) {
        return ChatResponse.newBuilder()
                .setToolFinished(ToolFinished.newBuilder().setCallId(callId).setOk(true))
                .build();
    }

    private static ChatResponse usage(long input, long output) {
        return ChatResponse.newBuilder()
                .setUsageReported(
                        UsageReported.newBuilder().setInputTokens(input).setOutputTokens(output))
                .build();
    }

    private static ChatResponse cited(Citation.Builder citation) {
        return ChatResponse.newBuilder()
                .setCitationAdded(CitationAdded.newBuilder().setCitation(citation))
                .build();
    }
}
