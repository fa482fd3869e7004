package dev.daveloper.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command {@code webhooks} was told. Its options are no settings: they stand on the command line alone.
 *
 * @param port to listen on; 0 for any that is free
 */
public record ListenOptions(int port) {
    /** Holds the secret of the webhook; without it a new one is made. */
    public static final String SECRET_VARIABLE = "DAVELOPER_WEBHOOK_SECRET";

    static final Map<String, String> FORMS = Map.of(
            "webhooks listen",
            "Receives webhooks on this machine and shows each, with whether its signature is genuine.");

    /** Each option as it is written, and what it means. */
    static final Map<String, String> OPTIONS = options();

    private static final String PORT = "port";
    private static final String LISTEN = "listen";
    private static final int DEFAULT_PORT = 9_000;
    private static final int MAX_PORT = 65_535;

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(
                "--port=" + DEFAULT_PORT,
                "Where it listens, on this machine alone; 0 for any port that is free. The secret is taken from the"
                        + " variable " + SECRET_VARIABLE + "; without it a new one is made and shown.");
        return options;
    }

    static boolean takesValue(String name) {
        return name.equals(PORT);
    }

    /** @throws InvalidConfiguration when it cannot be told what to do */
    public static ListenOptions of(CommandLine line) throws InvalidConfiguration {
        List<String> mistakes = new ArrayList<>(line.mistakes());
        if (!line.operands().equals(List.of(LISTEN))) {
            mistakes.add("The command webhooks is followed by " + LISTEN + " and nothing else.");
        }
        int port = DEFAULT_PORT;
        boolean given = false;
        for (Given option : line.options()) {
            Optional<Integer> number = numberOf(option.value());
            if (!option.name().equals(PORT)) {
                mistakes.add("The command webhooks has no option --" + option.name() + ", but --" + PORT + ".");
            } else if (given) {
                mistakes.add("--" + PORT + " is given twice.");
            } else if (number.isEmpty()) {
                mistakes.add("--" + PORT + " must be a number from 0 to " + MAX_PORT + ".");
            }
            given |= option.name().equals(PORT);
            port = number.orElse(port);
        }
        if (line.configFile().isPresent()) {
            mistakes.add("The command webhooks reads no configuration file; --config has no meaning for it.");
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return new ListenOptions(port);
    }

    private static Optional<Integer> numberOf(String text) {
        try {
            int number = Integer.parseInt(text);
            return number >= 0 && number <= MAX_PORT ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
