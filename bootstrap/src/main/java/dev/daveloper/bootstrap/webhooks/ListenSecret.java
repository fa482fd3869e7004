package dev.daveloper.bootstrap.webhooks;

import dev.daveloper.bootstrap.config.InvalidConfiguration;
import dev.daveloper.bootstrap.config.ListenOptions;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** The secret that a listener verifies by, and how a gateway is told of both. */
public final class ListenSecret {
    /** What a gateway has to be started with to send to its own machine. */
    static final String NEEDED_OPTIONS =
            "--webhooks.allow-insecure=true --webhooks.allowed-networks=127.0.0.0/8" + " --webhooks.ports=";

    private ListenSecret() {}

    /**
     * The one of the environment, or a new one.
     *
     * @throws InvalidConfiguration when what is there is none; it is not shown
     */
    public static SigningSecret in(Map<String, String> environment) throws InvalidConfiguration {
        String given = environment.get(ListenOptions.SECRET_VARIABLE);
        try {
            return given == null ? SigningSecret.next(new SecureRandom()) : SigningSecret.of(given.strip());
        } catch (InvalidValue e) {
            throw new InvalidConfiguration(List.of("What is in " + ListenOptions.SECRET_VARIABLE
                    + " is no secret of a webhook: whsec_ and the base 64 of 24 to 64 bytes."));
        }
    }

    /** Says where it listens, and what to do so that something comes. Only a secret that was made for this is shown. */
    public static void explain(int port, SigningSecret secret, Map<String, String> environment, PrintStream out) {
        String name = ListenOptions.SECRET_VARIABLE;
        String shown = environment.containsKey(name) ? "'$" + name + "'" : secret.reveal();
        String url = urlAt(port);
        out.println("Set this webhook up at a gateway on this machine, which was started with");
        out.println("  ./daveloper " + NEEDED_OPTIONS);
        out.println("by its status page, or by");
        out.println("  curl -s localhost:8080/webhooks -H \"Authorization: Bearer $DAVELOPER_ADMIN_KEY\" \\");
        out.println(
                "    -H 'Content-Type: application/json' -d '{\"url\":\"" + url + "\",\"secret\":\"" + shown + "\"}'");
        out.println("listening on " + url);
        out.flush();
    }

    /** Where a gateway on this machine finds the listener. */
    static String urlAt(int port) {
        return "http://127.0.0.1:" + port + "/";
    }
}
