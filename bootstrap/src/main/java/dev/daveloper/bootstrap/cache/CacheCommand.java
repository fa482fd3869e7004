package dev.daveloper.bootstrap.cache;

import dev.daveloper.bootstrap.config.CacheOptions;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.operator.AdminKey;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayAddress;
import dev.daveloper.bootstrap.operator.GatewayClient;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Saves, restores or warms the cache of a running gateway, as its administrator. */
public final class CacheCommand {
    /** How long nothing may move before the gateway is given up. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(60);

    private final Map<String, String> environment;
    private final Path directory;
    private final PrintStream err;
    private final BooleanSupplier terminal;

    public CacheCommand(Map<String, String> environment, Path directory, PrintStream err, BooleanSupplier terminal) {
        this.environment = environment;
        this.directory = directory;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Does it, and says on the error stream how far it is and what came of it.
     *
     * @throws InvalidConfiguration when it cannot be told what to do, or there is no key
     * @throws CommandFailed when it was tried in vain
     */
    public void run(CacheOptions options) throws InvalidConfiguration, CommandFailed, InterruptedException {
        List<String> mistakes = new ArrayList<>();
        Optional<CacheTask> task = CacheTask.of(options, directory, mistakes::add);
        Optional<GatewayAddress> gateway =
                GatewayAddress.of(options.url().orElse(CacheOptions.DEFAULT_URL), "url", mistakes::add);
        Optional<AdminKey> key = key(options, mistakes);
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        ProgressLine progress = new ProgressLine(err, terminal.getAsBoolean(), System::nanoTime);
        try (GatewayClient client = new GatewayClient(gateway.orElseThrow(), key.orElseThrow(), MAX_SILENCE)) {
            String done = switch (task.orElseThrow()) {
                case CacheTask.Backup backup -> new BackingUp(client, progress).run(backup);
                case CacheTask.Restore restore -> new Restoring(client, progress).run(restore);
                case CacheTask.Warm warm -> new WarmingUp(client, progress).run(warm);
            };
            progress.clear();
            err.println(done);
        } finally {
            progress.clear();
        }
    }

    private Optional<AdminKey> key(CacheOptions options, List<String> mistakes) {
        if (options.adminKeyFile().isPresent()) {
            String name = options.adminKeyFile().get();
            try {
                return AdminKey.in(directory.resolve(name), name, mistakes::add);
            } catch (InvalidPathException e) {
                mistakes.add("The name of the admin key's file is not a path of this system.");
                return Optional.empty();
            }
        }
        String variable = environment.get(CacheOptions.KEY_VARIABLE);
        if (variable == null) {
            mistakes.add("No admin key is given: set " + CacheOptions.KEY_VARIABLE
                    + " in the environment, or name a file that holds it with --admin-key-file.");
            return Optional.empty();
        }
        return AdminKey.of(variable, CacheOptions.KEY_VARIABLE, mistakes::add);
    }
}
