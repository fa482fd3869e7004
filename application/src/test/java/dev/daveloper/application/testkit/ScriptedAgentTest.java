package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.Agent;

class ScriptedAgentTest extends ScriptedAgentContract {
    @Override
    protected Agent reach(ScriptedAgent scripted) {
        return scripted;
    }
}
