package dev.daveloper.grpc;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgentContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract once more, with the network and both sides of the wire between. */
class GrpcAgentTest extends ScriptedAgentContract {
    @RegisterExtension
    final Opened opened = new Opened();

    @Override
    protected Agent reach(ScriptedAgent scripted) {
        return opened.reach(scripted);
    }
}
