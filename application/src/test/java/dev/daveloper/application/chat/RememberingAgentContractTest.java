package dev.daveloper.application.chat;

import dev.daveloper.application.chat.ChatSettings.Remembering;
import dev.daveloper.application.chat.ChatSettings.Remembering.Reach;
import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.testkit.InMemoryCache;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgentContract;
import dev.daveloper.application.tracing.out.Tracer;
import java.time.Duration;

/** What is not kept yet comes as the agent says it. */
class RememberingAgentContractTest extends ScriptedAgentContract {
    @Override
    protected Agent reach(ScriptedAgent scripted) {
        ManualClock clock = new ManualClock();
        return new RememberingAgent(
                scripted,
                new InMemoryCache(clock),
                new Remembering(Reach.SESSION, Duration.ofHours(1), ""),
                session -> false,
                clock,
                event -> {},
                Tracer.PASSING);
    }
}
