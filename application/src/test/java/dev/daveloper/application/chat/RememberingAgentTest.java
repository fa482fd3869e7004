package dev.daveloper.application.chat;

import static dev.daveloper.application.chat.RememberingFixture.after;
import static dev.daveloper.application.chat.RememberingFixture.again;
import static dev.daveloper.application.chat.RememberingFixture.elsewhere;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.cache.out.Cache;
import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.application.testkit.AgentAnswers;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.UserMessage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When an answer is given again, and when it is not. */
class RememberingAgentTest {
    private final RememberingFixture fixture = new RememberingFixture(Script.say("Start ", "it."));
    private final AgentRequest question = asking("How?");

    @Test
    void the_same_question_asks_the_agent_once() throws InterruptedException {
        assertThat(textOf(fixture.ask(question))).isEqualTo("Start it.");
        assertThat(fixture.ask(again(question))).containsExactly(new AgentEvent.TextDelta("Start it."));
        assertThat(fixture.asked()).isEqualTo(1);
    }

    @Test
    void an_answer_says_whether_it_was_made_before() throws InterruptedException {
        try (AgentStream made = fixture.agent().answer(question)) {
            AgentAnswers.allOf(made);
            assertThat(made.isCached()).isFalse();
        }
        try (AgentStream given = fixture.agent().answer(again(question))) {
            nextOf(given);
            assertThat(given.isCached()).isTrue();
        }
    }

    @Test
    void whatever_makes_another_answer_asks_again() throws InterruptedException {
        Run run = question.run();
        Duration budget = question.budget();
        fixture.ask(question);
        fixture.ask(new AgentRequest(run, "How? ", List.of(), true, OptionalInt.empty(), budget));
        fixture.ask(new AgentRequest(run, "How?", List.of(), false, OptionalInt.empty(), budget));
        fixture.ask(new AgentRequest(run, "How?", List.of(), true, OptionalInt.of(0), budget));
        fixture.ask(after(question, said("Hello")));
        fixture.ask(after(question, said("Hel"), said("lo")));
        fixture.ask(after(question, said("Hello ")));
        fixture.ask(elsewhere(question));
        assertThat(fixture.asked()).isEqualTo(8);
        fixture.ask(after(question, said("Hello")));
        assertThat(fixture.asked()).isEqualTo(8);
    }

    @Test
    void half_a_character_is_not_another_half() throws InterruptedException {
        fixture.ask(asking("\uD83D"));
        fixture.reaching(Reach.EVERYBODY).ask(asking("\uD83E"));
        fixture.ask(asking("\uD83D"));
        assertThat(fixture.asked()).isEqualTo(3);
    }

    @Test
    void another_version_of_the_agent_asks_again() throws InterruptedException {
        fixture.ask(question);
        fixture.version = "2";
        fixture.restarted().ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
    }

    @Test
    void other_tools_ask_again_within_a_minute() throws InterruptedException {
        fixture.ask(question);
        fixture.toolbox.tools.add(new Tool("time", "Tells it.", Json.EMPTY_OBJECT));
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(1);
        assertThat(fixture.toolbox.looked).isEqualTo(1);

        fixture.clock.advance(ToolsHash.EVERY);
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
        assertThat(fixture.toolbox.looked).isEqualTo(2);
    }

    @Test
    void an_agent_that_does_not_tell_its_tools_is_asked_itself() throws InterruptedException {
        fixture.toolbox.away = true;
        fixture.ask(question);
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
        assertThat(fixture.toolbox.looked).isEqualTo(1);
    }

    @Test
    void an_answer_is_good_for_its_time() throws InterruptedException {
        fixture.ask(question);
        fixture.clock.advance(RememberingFixture.TTL);
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
    }

    @Test
    void a_document_of_the_session_or_of_all_makes_it_worthless() throws InterruptedException {
        fixture.ask(question);
        fixture.cache.invalidate(Set.of(Tag.documentsOf(Scope.of(question.run().sessionId()))));
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
        fixture.cache.invalidate(Set.of(Tag.documentsOf(Scope.SHARED)));
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(3);
    }

    @Test
    void a_document_that_comes_while_it_is_made_makes_it_worthless() throws InterruptedException {
        try (AgentStream stream = fixture.agent().answer(question)) {
            nextOf(stream);
            fixture.cache.invalidate(Set.of(Tag.documentsOf(Scope.SHARED)));
            AgentAnswers.allOf(stream);
        }
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
    }

    @Test
    void what_is_shared_is_given_to_every_session_without_documents_of_its_own() throws InterruptedException {
        fixture.reaching(Reach.EVERYBODY).ask(question);
        fixture.ask(elsewhere(question));
        assertThat(fixture.asked()).isEqualTo(1);

        AgentRequest own = elsewhere(question);
        fixture.withDocuments.add(own.run().sessionId());
        fixture.ask(own);
        fixture.ask(again(own));
        assertThat(fixture.asked()).isEqualTo(2);
        fixture.ask(elsewhere(question));
        assertThat(fixture.asked()).isEqualTo(2);
    }

    @Test
    void what_may_be_made_from_documents_that_came_meanwhile_is_not_shared() throws InterruptedException {
        fixture.reaching(Reach.EVERYBODY);
        try (AgentStream stream = fixture.agent().answer(question)) {
            nextOf(stream);
            fixture.withDocuments.add(question.run().sessionId());
            AgentAnswers.allOf(stream);
        }
        assertThat(fixture.kept()).isZero();
    }

    @Test
    void nothing_is_shared_while_nobody_knows_whose_documents_there_are() throws InterruptedException {
        fixture.documentsAway = true;
        fixture.reaching(Reach.EVERYBODY).ask(question);
        fixture.ask(elsewhere(question));
        assertThat(fixture.asked()).isEqualTo(2);
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(2);
        assertThat(fixture.told).isNotEmpty().allMatch(GatewayEvent.Trouble.class::isInstance);
    }

    @Test
    void damaged_bytes_ask_again_and_are_replaced() throws InterruptedException {
        fixture.ask(question);
        Cache.Kept kept = fixture.cache.read("", 1).entries().getFirst();
        byte[] whole = kept.entry().content().bytes();
        for (int length = 0; length < whole.length; length++) {
            damage(kept, Content.of(AnswerForm.MEDIA_TYPE, Arrays.copyOf(whole, length)));
            assertThat(textOf(fixture.ask(again(question)))).isEqualTo("Start it.");
            assertThat(fixture.asked()).isEqualTo(length + 2);
        }
        fixture.ask(again(question));
        assertThat(fixture.asked()).isEqualTo(whole.length + 1);
        assertThat(fixture.told).isEmpty();
    }

    private void damage(Cache.Kept kept, Content content) {
        Entry entry = kept.entry();
        Entry damaged = new Entry(content, entry.tags(), entry.freshness(), fixture.clock.instant(), entry.madeIn());
        fixture.cache.write(List.of(new Cache.Kept(kept.key(), damaged)));
    }

    @Test
    void a_cache_that_is_away_asks_the_agent() throws InterruptedException {
        fixture.cache.away(true);
        assertThat(textOf(fixture.ask(question))).isEqualTo("Start it.");
        assertThat(textOf(fixture.ask(again(question)))).isEqualTo("Start it.");
        assertThat(fixture.asked()).isEqualTo(2);
    }

    private static UserMessage said(String text) {
        Run run = AgentAnswers.run();
        return new UserMessage(run.userMessageId(), run.id(), Instant.EPOCH, text);
    }
}
