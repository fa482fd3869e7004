package dev.daveloper.bootstrap;

import dev.daveloper.application.chat.out.Agent;
import dev.daveloper.application.documents.out.PassageSearch;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.bootstrap.config.AgentChoice;
import dev.daveloper.bootstrap.metrics.Foundations;
import dev.daveloper.embedded.chat.agent.BuiltInAgent;
import dev.daveloper.embedded.chat.agent.BuiltInAgentConfig;
import dev.daveloper.embedded.documents.BundledLibrary;
import dev.daveloper.embedded.documents.LateIndex;
import dev.daveloper.grpc.GrpcAgents;
import dev.daveloper.grpc.chat.GrpcAgent;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whoever makes the answers, opened.
 *
 * @param name for the operator
 * @param measuring lets calls to it be measured, if there are any
 * @param settling begins what it takes time for and can do when it is asked already; returns at once
 */
record ChosenAgent(
        Agent agent,
        HealthProbe probe,
        String name,
        Consumer<Foundations> measuring,
        Runnable settling,
        Runnable closing)
        implements AutoCloseable {
    static ChosenAgent open(
            AgentChoice choice, BundledLibrary library, PassageSearch documents, Tracer tracer, InstantSource clock)
            throws CannotStart {
        return switch (choice) {
            case AgentChoice.BuiltIn builtIn -> builtIn(builtIn, library, documents, tracer, clock);
            case AgentChoice.OverGrpc overGrpc -> overGrpc(overGrpc, tracer);
        };
    }

    private static ChosenAgent builtIn(
            AgentChoice.BuiltIn choice,
            BundledLibrary library,
            PassageSearch documents,
            Tracer tracer,
            InstantSource clock) {
        LateIndex index = LateIndex.of(library::documents);
        BuiltInAgent agent = BuiltInAgent.create(
                new BuiltInAgentConfig(index, documents, choice.model(), choice.gitHubBaseUrl(), clock, choice.pace()),
                tracer);
        String name = choice.model()
                .map(model -> "built in, writing with " + model.model())
                .orElse("built in, quoting the documentation");
        return new ChosenAgent(agent, new InThisProcess("agent"), name, measured -> {}, index::begin, () -> {
            agent.close();
            index.close();
        });
    }

    private static ChosenAgent overGrpc(AgentChoice.OverGrpc choice, Tracer tracer) throws CannotStart {
        try {
            GrpcAgent agent = GrpcAgents.connect(choice.config(), Map::of, tracer);
            String name = choice.config().connection().target() + ", over gRPC";
            return new ChosenAgent(
                    agent, agent, name, measured -> measured.service(agent::hear), () -> {}, agent::close);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    "The agent " + choice.config().connection().target() + " cannot be called: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.run();
    }

    /** What is part of this process is as well as the process. */
    private record InThisProcess(String component) implements HealthProbe {
        @Override
        public boolean vital() {
            return false;
        }

        @Override
        public Finding check() {
            return Finding.PASS;
        }
    }
}
