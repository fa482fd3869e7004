package dev.daveloper.application.chat;

import static dev.daveloper.application.chat.RememberingFixture.again;
import static dev.daveloper.application.testkit.AgentAnswers.PATIENCE;
import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.AgentFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is kept of an answer, and which answers are not. */
class RememberingAgentKeepsTest {
    private static final AgentEvent TOOL = new AgentEvent.ToolStarted("c1", "echo", Json.EMPTY_OBJECT);

    private final AgentRequest question = asking("How?");

    @Test
    void an_answer_that_failed_is_not_kept() throws InterruptedException {
        RememberingFixture fixture = new RememberingFixture(Script.say("as far").thenFail(new AgentFailed()));
        try (AgentStream stream = fixture.agent().answer(question)) {
            assertThatThrownBy(() -> allOf(stream)).isInstanceOf(AgentFailed.class);
            assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
        }
        assertThat(fixture.kept()).isZero();
    }

    @Test
    void an_answer_that_was_closed_is_not_kept() throws InterruptedException {
        RememberingFixture fixture = new RememberingFixture(Script.say("well").thenWaitFor(new CountDownLatch(1)));
        AgentStream stream = fixture.agent().answer(question);
        nextOf(stream);
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(AgentStep.Ended.ENDED);
        assertThat(fixture.kept()).isZero();
        assertThat(fixture.scripted.streams().getFirst().isClosed()).isTrue();
    }

    @Test
    void an_answer_with_a_tool_that_failed_or_did_not_answer_is_not_kept() throws InterruptedException {
        AgentEvent failed = new AgentEvent.ToolFinished("c1", new ToolResult(false, "no"));
        AgentEvent done = new AgentEvent.ToolFinished("c1", new ToolResult(true, "yes"));
        assertThat(keptOf(Script.say("a").then(TOOL).then(failed).thenSay("b"))).isZero();
        assertThat(keptOf(Script.say("a").then(TOOL).thenSay("b"))).isZero();
        assertThat(keptOf(Script.say("a").then(TOOL).then(done).thenSay("b"))).isEqualTo(1);
    }

    @Test
    void an_answer_without_text_is_not_kept() throws InterruptedException {
        assertThat(keptOf(Script.say(""))).isZero();
        assertThat(keptOf(Script.say().then(new AgentEvent.ReasoningDelta("hm"))))
                .isZero();
    }

    @Test
    void an_answer_that_is_too_long_is_given_whole_and_not_kept() throws InterruptedException {
        String most = "a".repeat(AnswerRecord.MAX_CHARS);
        assertThat(keptOf(Script.say(most))).isEqualTo(1);
        RememberingFixture fixture = new RememberingFixture(Script.say(most, "b", "c"));
        assertThat(textOf(fixture.ask(question))).isEqualTo(most + "bc");
        assertThat(fixture.kept()).isZero();
    }

    @Test
    void events_without_text_are_too_many_at_some_point() throws InterruptedException {
        List<AgentEvent> many = new ArrayList<>();
        AnswerRecord record = new AnswerRecord();
        record.add(new AgentEvent.TextDelta("a"));
        for (int i = 0; i < AnswerRecord.MAX_CHARS / 16; i++) {
            many.add(TOOL);
        }
        many.forEach(record::add);
        record.add(new AgentEvent.ToolFinished("c1", new ToolResult(true, "")));
        assertThat(record.worthKeeping()).isEmpty();
    }

    @Test
    void every_kind_of_event_comes_again_in_its_order_without_what_it_consumed() throws InterruptedException {
        Conversations conversations = new Conversations(new ManualClock());
        Run run = conversations.question("?").in(conversations.someSession()).run();
        Script script = Script.say();
        List<AgentEvent> expected = new ArrayList<>();
        for (RunEvent event : conversations.everyKindOfEvent(run)) {
            if (event instanceof AgentEvent said && !(said instanceof AgentEvent.ToolFinished)) {
                script = script.then(said);
                if (said instanceof AgentEvent.ToolStarted) {
                    AgentEvent done =
                            new AgentEvent.ToolFinished("call-1", new ToolResult(true, Conversations.ODD_TEXT));
                    script = script.then(done);
                    expected.add(said);
                    expected.add(done);
                } else if (said instanceof AgentEvent.CitationAdded || said instanceof AgentEvent.ReasoningDelta) {
                    expected.add(said);
                } else if (said instanceof AgentEvent.TextDelta && expected.size() == 3) {
                    expected.add(new AgentEvent.TextDelta("Because" + Conversations.ODD_TEXT));
                }
            }
        }
        RememberingFixture fixture = new RememberingFixture(script.then(new AgentEvent.UsageReported(new Usage(3, 4))));
        fixture.ask(question);
        assertThat(fixture.ask(again(question))).isEqualTo(expected);
        assertThat(fixture.asked()).isEqualTo(1);
    }

    @Test
    void text_comes_again_in_pieces_that_cut_no_character() throws InterruptedException {
        String text = "a".repeat(ReplayedStream.PIECE_CHARS - 1) + "\uD83D\uDE00" + "é漢".repeat(40_000) + "\uD83D";
        RememberingFixture fixture = new RememberingFixture(Script.say(text.substring(0, 200), text.substring(200)));
        fixture.ask(question);
        List<AgentEvent> given = fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(1);
        assertThat(textOf(given)).isEqualTo(text);
        assertThat(given).hasSizeGreaterThan(400).allSatisfy(event -> {
            String piece = ((AgentEvent.TextDelta) event).text();
            assertThat(piece.length()).isBetween(1, ReplayedStream.PIECE_CHARS + 1);
            assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
        });
    }

    private int keptOf(Script script) throws InterruptedException {
        RememberingFixture fixture = new RememberingFixture(script);
        fixture.ask(question);
        return fixture.kept();
    }
}
