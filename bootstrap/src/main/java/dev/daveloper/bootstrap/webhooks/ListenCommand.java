package dev.daveloper.bootstrap.webhooks;

import dev.daveloper.bootstrap.config.CacheOptions;
import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.config.ListenOptions;
import dev.daveloper.bootstrap.operator.AdminKey;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayAddress;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Listens until it is asked to stop; at a gateway that it was told of it sets itself up for as long. */
public final class ListenCommand {
    private final Map<String, String> environment;
    private final PrintStream out;

    public ListenCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /** Returns when it is time to stop. */
    @FunctionalInterface
    public interface Stop {
        void await() throws InterruptedException;
    }

    /** A gateway, and how to be its administrator. */
    private record Administered(GatewayAddress gateway, AdminKey key) {}

    /**
     * @throws InvalidConfiguration when it cannot be told what to do, or there is no key
     * @throws CommandFailed when the gateway does not do its part
     * @throws IOException when the port cannot be had
     */
    public void run(ListenOptions options, Stop stop)
            throws InvalidConfiguration, CommandFailed, IOException, InterruptedException {
        SigningSecret secret = ListenSecret.in(environment);
        Optional<Administered> at = administered(options);
        try (Listener listener = Listener.open(options.port(), secret, out, InstantSource.system())) {
            if (at.isEmpty()) {
                ListenSecret.explain(listener.port(), secret, environment, out);
                stop.await();
                return;
            }
            OwnEndpoint endpoint =
                    OwnEndpoint.setUp(at.get().gateway(), at.get().key(), listener.port(), options.events(), secret);
            try {
                explain(endpoint, options, listener.port());
                stop.await();
            } finally {
                // The listener goes after it: what is on its way is still answered.
                endpoint.remove();
            }
        }
    }

    private void explain(OwnEndpoint endpoint, ListenOptions options, int port) {
        String types = options.events().isEmpty()
                ? "whatever happens"
                : options.events().stream().map(EventType::wireName).sorted().collect(Collectors.joining(", "));
        synchronized (out) {
            out.println("The webhook " + endpoint + " tells of " + types + "; it is deleted when this ends.");
            out.println("listening on " + ListenSecret.urlAt(port));
            out.flush();
        }
    }

    private Optional<Administered> administered(ListenOptions options) throws InvalidConfiguration {
        if (options.gateway().isEmpty()) {
            return Optional.empty();
        }
        List<String> mistakes = new ArrayList<>();
        Optional<GatewayAddress> gateway =
                GatewayAddress.of(options.gateway().get(), ListenOptions.GATEWAY, mistakes::add);
        Optional<AdminKey> key = Optional.empty();
        String variable = environment.get(CacheOptions.KEY_VARIABLE);
        if (variable == null) {
            mistakes.add("No admin key is given: set " + CacheOptions.KEY_VARIABLE
                    + " in the environment to one that the gateway was started with.");
        } else {
            key = AdminKey.of(variable, CacheOptions.KEY_VARIABLE, mistakes::add);
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return Optional.of(new Administered(gateway.orElseThrow(), key.orElseThrow()));
    }
}
