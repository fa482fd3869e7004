package dev.daveloper.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.testkit.AgentAnswers;
import dev.daveloper.application.testkit.AgentContract;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.domain.chat.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What was kept comes as from any agent. */
class RememberingAgentGivesTest extends AgentContract {
    private final RememberingFixture fixture =
            new RememberingFixture(Script.say("Start it ".repeat(100))).reaching(Reach.EVERYBODY);

    @BeforeEach
    void ask() throws InterruptedException {
        fixture.ask(AgentAnswers.asking(question()));
    }

    @AfterEach
    void the_agent_was_asked_once() {
        assertThat(fixture.asked()).isEqualTo(1);
    }

    @Override
    protected Agent agent() {
        return fixture.agent();
    }

    @Override
    protected ToolTrial toolTrial() {
        return new ToolTrial("echo", new Json("{\"say\":\"hello\"}"), new Json("[1,2]"));
    }
}
