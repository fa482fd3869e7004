package dev.daveloper.bootstrap;

import dev.daveloper.bootstrap.config.CommandLine;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.config.Reference;
import dev.daveloper.bootstrap.config.Sources;
import dev.daveloper.bootstrap.config.Values;
import dev.daveloper.embedded.documents.BundledLibrary;
import dev.daveloper.grpc.AgentServer;
import dev.daveloper.grpc.AgentServerConfig;
import dev.daveloper.grpc.ServingConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the commands do, on a stage that is handed in: nothing here touches the process itself. */
final class Program {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    /** What closing may take beyond the bounds of all that is closed. */
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final Path directory;
    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<Signals> signals;
    private boolean served;

    Program(
            Map<String, String> environment,
            Path directory,
            PrintStream out,
            PrintStream err,
            Supplier<Signals> signals) {
        this.environment = environment;
        this.directory = directory;
        this.out = out;
        this.err = err;
        this.signals = signals;
    }

    /** Does what the command line says, until it is done or asked to stop, and returns the exit code. */
    int run(String... args) throws InterruptedException {
        CommandLine line = CommandLine.parse(args);
        try {
            return switch (line.command()) {
                case HELP -> show(Reference.help());
                case VERSION -> show("daveloper " + version() + System.lineSeparator());
                case CONFIG -> show(Reference.inForce(checked(line)));
                case SERVE -> serve(configure(line));
                case AGENT -> serveAgent(configure(line));
            };
        } catch (InvalidConfiguration e) {
            e.mistakes().forEach(err::println);
            err.println("Every option is shown by --help.");
            return MISUSED;
        } catch (CannotStart e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    /** Whether it got as far as serving somebody. */
    boolean hasServed() {
        return served;
    }

    private Values checked(CommandLine line) throws InvalidConfiguration {
        Values values = Sources.read(line, environment, directory);
        GatewayConfig.bind(values, SteadyClock.ofSystem());
        return values;
    }

    private GatewayConfig configure(CommandLine line) throws InvalidConfiguration {
        GatewayConfig config = GatewayConfig.bind(Sources.read(line, environment, directory), SteadyClock.ofSystem());
        LogSetup.apply(config.log());
        return config;
    }

    private int show(String text) {
        out.print(text);
        out.flush();
        return DONE;
    }

    private int serve(GatewayConfig config) throws CannotStart, InterruptedException {
        Signals stop = signals.get();
        Gateway gateway = Gateway.start(config);
        String host = config.http().host();
        boolean local = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        out.println("Daveloper " + version());
        out.println("  page    http://"
                + Listening.authority(local || everywhere ? "localhost" : host, gateway.port()) + "/"
                + (local ? " (this machine only; --http.host=0.0.0.0 opens it to the network)" : ""));
        out.println("  agent   " + gateway.agentName());
        out.println("  data    "
                + config.stores()
                        .directory()
                        .map(dir -> dir.toAbsolutePath().normalize().toString())
                        .orElse("in memory, gone when the program ends"));
        out.println("listening on http://" + Listening.authority(host, gateway.port()));
        out.flush();
        served = true;
        stop.await();
        return closeWithin(
                config.core()
                        .drainGrace()
                        .plus(config.http().times().stop())
                        .plus(config.stores().closeWithin())
                        .plus(CLOSE_MARGIN),
                gateway::close);
    }

    private int serveAgent(GatewayConfig config) throws CannotStart, InterruptedException {
        Signals stop = signals.get();
        ServingConfig server = config.agentServer().serving();
        ChosenAgent agent = ChosenAgent.open(config.agent(), BundledLibrary.load(), config.clock());
        AgentServer serving = serve(config.agentServer(), agent);
        String authority = Listening.authority(server.host(), serving.port());
        out.println("Daveloper " + version() + ", agent " + agent.name());
        out.println("  use it  daveloper --agent.target=dns:///" + authority);
        out.println("agent listening on " + authority);
        out.flush();
        served = true;
        stop.await();
        return closeWithin(server.drain().plus(CLOSE_MARGIN), () -> {
            serving.close();
            agent.close();
        });
    }

    private static AgentServer serve(AgentServerConfig config, ChosenAgent agent) throws CannotStart {
        try {
            return AgentServer.start(config, agent.agent());
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw Listening.refused(config.serving().host(), config.serving().port(), "port", e);
        }
    }

    private int closeWithin(Duration bound, Runnable closing) throws InterruptedException {
        Thread thread = Thread.ofPlatform().name("close").daemon().start(closing);
        if (thread.join(bound)) {
            return DONE;
        }
        err.println("Not everything was closed within " + bound.toSeconds() + " s; ending all the same.");
        return FAILED;
    }

    private static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("in development");
    }
}
