package dev.daveloper.bootstrap;

import dev.daveloper.bootstrap.cache.CacheCommand;
import dev.daveloper.bootstrap.config.CacheOptions;
import dev.daveloper.bootstrap.config.CommandLine;
import dev.daveloper.bootstrap.config.DocumentsChoice;
import dev.daveloper.bootstrap.config.GatewayConfig;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.config.ListenOptions;
import dev.daveloper.bootstrap.config.Reference;
import dev.daveloper.bootstrap.config.Sources;
import dev.daveloper.bootstrap.config.StoresChoice;
import dev.daveloper.bootstrap.config.Values;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.tracing.Tracing;
import dev.daveloper.bootstrap.webhooks.ListenCommand;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.embedded.documents.BundledLibrary;
import dev.daveloper.grpc.AgentServer;
import dev.daveloper.grpc.DocumentsServer;
import dev.daveloper.grpc.ServingConfig;
import dev.daveloper.http.security.AdminKeys;
import dev.daveloper.redis.RedisAdapters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the commands do, on a stage that is handed in: nothing here touches the process itself. */
final class Program {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    /** What closing may take beyond the bounds of all that is closed. */
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(5);

    private static final String ADMIN_KEY_PREFIX = "adm_";

    private final Map<String, String> environment;
    private final Path directory;
    private final PrintStream out;
    private final PrintStream err;
    private final BooleanSupplier terminal;
    private final Supplier<Signals> signals;
    private boolean served;

    /** @param terminal whether people see on a terminal what is printed */
    Program(
            Map<String, String> environment,
            Path directory,
            PrintStream out,
            PrintStream err,
            BooleanSupplier terminal,
            Supplier<Signals> signals) {
        this.environment = environment;
        this.directory = directory;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.signals = signals;
    }

    /** Does what the command line says, until it is done or asked to stop, and returns the exit code. */
    int run(String... args) throws InterruptedException {
        CommandLine line = CommandLine.parse(args);
        try {
            return switch (line.command()) {
                case HELP -> show(Reference.help());
                case VERSION -> show("daveloper " + Version.NAME + System.lineSeparator());
                case CONFIG -> show(Reference.inForce(checked(line)));
                case SERVE -> serve(configure(line));
                case AGENT -> serveAgent(configure(line));
                case DOCUMENTS -> serveDocuments(configure(line));
                case CACHE -> askForCache(CacheOptions.of(line));
                case WEBHOOKS -> listen(ListenOptions.of(line));
            };
        } catch (InvalidConfiguration e) {
            e.mistakes().forEach(err::println);
            err.println("Every option is shown by --help.");
            return MISUSED;
        } catch (CannotStart | CommandFailed e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int askForCache(CacheOptions options) throws InvalidConfiguration, CommandFailed, InterruptedException {
        new CacheCommand(environment, directory, err, terminal).run(options);
        return DONE;
    }

    private int listen(ListenOptions options)
            throws InvalidConfiguration, CannotStart, CommandFailed, InterruptedException {
        Signals stop = signals.get();
        try {
            new ListenCommand(environment, out).run(options, stop::await);
            served = true;
            return DONE;
        } catch (IOException e) {
            throw Listening.refused("localhost", options.port(), "--port", e);
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

    private int serve(GatewayConfig given) throws CannotStart, InterruptedException {
        Signals stop = signals.get();
        Optional<String> adminKey = given.http().adminKeys().equals(AdminKeys.NONE)
                ? Optional.of(
                        ADMIN_KEY_PREFIX + SessionToken.next(new SecureRandom()).value())
                : Optional.empty();
        GatewayConfig config = adminKey.map(given::withAdminKey).orElse(given);
        Gateway gateway = Gateway.start(config);
        announce(config, gateway, adminKey);
        gateway.settle();
        served = true;
        stop.await();
        return closeWithin(
                config.core()
                        .drainGrace()
                        .plus(config.http().times().stop())
                        .plus(closingTimeOf(config.stores()))
                        .plus(config.errorReports().closeWithin())
                        .plus(Tracing.CLOSE_WITHIN)
                        .plus(CLOSE_MARGIN),
                gateway::close);
    }

    private void announce(GatewayConfig config, Gateway gateway, Optional<String> adminKey) {
        String host = config.http().host();
        boolean local = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        out.println("Daveloper " + Version.NAME);
        String scheme = config.http().tls() == null ? "http://" : "https://";
        out.println("  page    " + scheme
                + Listening.authority(local || everywhere ? "localhost" : host, gateway.port()) + "/"
                + (local ? " (this machine only; --http.host=0.0.0.0 opens it to the network)" : ""));
        out.println("  agent   " + gateway.agentName());
        out.println("  files   " + gateway.documentsName());
        out.println("  data    " + placeOf(config.stores()));
        if (config.stores() instanceof StoresChoice.InRedis && config.documents() instanceof DocumentsChoice.Embedded) {
            out.println(
                    "  note    documents are kept by this node alone; set documents.target to a document service that"
                            + " all nodes share");
        }
        adminKey.ifPresent(
                key -> out.println("  admin   " + key + " (for this run alone; set admin.keys to keep one)"));
        out.println("listening on " + scheme + Listening.authority(host, gateway.port()));
        gateway.managementPort()
                .ifPresent(port -> out.println("management on http://"
                        + Listening.authority(config.management().host(), port)));
        out.flush();
    }

    private static String placeOf(StoresChoice stores) {
        return switch (stores) {
            case StoresChoice.Embedded embedded ->
                embedded.config()
                        .directory()
                        .map(dir -> dir.toAbsolutePath().normalize().toString())
                        .orElse("in memory, gone when the program ends");
            case StoresChoice.InRedis inRedis -> inRedis.config().url().toString();
        };
    }

    private static Duration closingTimeOf(StoresChoice stores) {
        return switch (stores) {
            case StoresChoice.Embedded embedded -> embedded.config().closeWithin();
            case StoresChoice.InRedis inRedis -> RedisAdapters.CLOSE_WITHIN;
        };
    }

    private int serveAgent(GatewayConfig config) throws CannotStart, InterruptedException {
        Signals stop = signals.get();
        Tracing tracing = Tracing.open(config.tracing(), Version.NAME);
        // Embedded documents belong to the gateway's process; an agent beside it reaches those of a service.
        ChosenDocuments documents = ChosenDocuments.open(
                config.documents() instanceof DocumentsChoice.Embedded
                        ? new DocumentsChoice.None()
                        : config.documents(),
                tracing.tracer());
        ChosenAgent agent = ChosenAgent.open(
                config.agent(), BundledLibrary.load(), documents.search(), tracing.tracer(), config.clock());
        Runnable closing = () -> {
            agent.close();
            documents.close();
            tracing.close();
        };
        ServingConfig serving = config.agentServer().serving();
        AgentServer server = served(
                serving, closing, () -> AgentServer.start(config.agentServer(), agent.agent(), tracing.tracer()));
        told("agent " + agent.name(), "agent", serving, server.port());
        agent.settling().run();
        stop.await();
        return closeWithin(serving.drain().plus(Tracing.CLOSE_WITHIN).plus(CLOSE_MARGIN), () -> {
            server.close();
            closing.run();
        });
    }

    private int serveDocuments(GatewayConfig config) throws CannotStart, InterruptedException {
        if (!(config.documents() instanceof DocumentsChoice.Embedded embedded)) {
            throw new CannotStart("The command documents serves the documents of this program: documents.target must be"
                    + " embedded for it.");
        }
        Signals stop = signals.get();
        Tracing tracing = Tracing.open(config.tracing(), Version.NAME);
        ChosenDocuments documents = ChosenDocuments.open(embedded, tracing.tracer());
        Runnable closing = () -> {
            documents.close();
            tracing.close();
        };
        ServingConfig serving = config.documentsServer().serving();
        DocumentsServer server = served(
                serving,
                closing,
                () -> DocumentsServer.start(
                        config.documentsServer(), documents.service(), documents.search(), tracing.tracer()));
        told("documents", "documents", serving, server.port());
        stop.await();
        return closeWithin(
                serving.drain()
                        .plus(embedded.config().closeWithin().multipliedBy(2))
                        .plus(Tracing.CLOSE_WITHIN)
                        .plus(CLOSE_MARGIN),
                () -> {
                    server.close();
                    closing.run();
                });
    }

    private void told(String what, String service, ServingConfig serving, int port) {
        String authority = Listening.authority(serving.host(), port);
        out.println("Daveloper " + Version.NAME + ", " + what);
        out.println("  use it  daveloper --" + service + ".target=dns:///" + authority);
        out.println(service + " listening on " + authority);
        out.flush();
        served = true;
    }

    /** @param closing for what was opened before, when nobody can be served */
    private static <T> T served(ServingConfig config, Runnable closing, Callable<T> starting) throws CannotStart {
        try {
            return starting.call();
        } catch (Exception e) {
            closing.run();
            throw Listening.refused(config.host(), config.port(), "port", e);
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
}
