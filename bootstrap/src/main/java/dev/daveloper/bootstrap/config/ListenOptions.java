package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.webhooks.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command {@code webhooks} was told. Its options are no settings: they stand on the command line alone.
 *
 * @param port to listen on; 0 for any that is free
 * @param gateway where to set it up; empty to let somebody else do it
 * @param events which types are wanted of that gateway; none of them means all
 */
public record ListenOptions(int port, Optional<String> gateway, Set<EventType> events) {
    /** Holds the secret of the webhook; without it a new one is made. */
    public static final String SECRET_VARIABLE = "DAVELOPER_WEBHOOK_SECRET";

    public static final String GATEWAY = "gateway";

    static final Map<String, String> FORMS = Map.of(
            "webhooks listen",
            "Receives webhooks on this machine and shows each, with whether its signature is genuine.");

    /** Each option as it is written, and what it means. */
    static final Map<String, String> OPTIONS = options();

    private static final String PORT = "port";
    private static final String EVENTS = "events";
    private static final Set<String> NAMES = Set.of(PORT, GATEWAY, EVENTS);
    private static final String LISTEN = "listen";
    private static final int DEFAULT_PORT = 9_000;
    private static final int MAX_PORT = 65_535;
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::wireName).toList();

    public ListenOptions {
        events = Set.copyOf(events);
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(
                "--port=" + DEFAULT_PORT,
                "Where it listens, on this machine alone; 0 for any port that is free. The secret is taken from the"
                        + " variable " + SECRET_VARIABLE + "; without it a new one is made, and shown when it has to be"
                        + " set up by hand.");
        options.put(
                "--" + GATEWAY + "=" + CacheOptions.DEFAULT_URL,
                "A gateway on this machine at which it sets itself up, and deletes that again when it ends. The key of"
                        + " an administrator is taken from the variable " + CacheOptions.KEY_VARIABLE
                        + "; it is never given on the command line. Without this option it shows the command that sets"
                        + " it up.");
        options.put(
                "--" + EVENTS + "=TYPE,TYPE",
                "Which types of events it wants of that gateway, such as " + EventType.RUN_COMPLETED.wireName()
                        + "; without it all of them.");
        return options;
    }

    static boolean takesValue(String name) {
        return NAMES.contains(name);
    }

    /** @throws InvalidConfiguration when it cannot be told what to do */
    public static ListenOptions of(CommandLine line) throws InvalidConfiguration {
        List<String> mistakes = new ArrayList<>(line.mistakes());
        if (!line.operands().equals(List.of(LISTEN))) {
            mistakes.add("The command webhooks is followed by " + LISTEN + " and nothing else.");
        }
        Map<String, String> values = values(line, mistakes);
        if (line.configFile().isPresent()) {
            mistakes.add("The command webhooks reads no configuration file; --config has no meaning for it.");
        }
        ListenOptions options = new ListenOptions(
                port(values, mistakes), Optional.ofNullable(values.get(GATEWAY)), events(values, mistakes));
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return options;
    }

    private static Map<String, String> values(CommandLine line, List<String> mistakes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Given option : line.options()) {
            if (CacheOptions.KEY_ITSELF.contains(option.name())) {
                mistakes.add("An admin key is not given on the command line, where everybody sees it who may list the"
                        + " processes: set " + CacheOptions.KEY_VARIABLE + ".");
            } else if (!takesValue(option.name())) {
                mistakes.add("The command webhooks has no option --" + option.name() + ", but --" + PORT + ", --"
                        + GATEWAY + " and --" + EVENTS + ".");
            } else if (values.put(option.name(), option.value()) != null) {
                mistakes.add("--" + option.name() + " is given twice.");
            }
        }
        return values;
    }

    private static int port(Map<String, String> values, List<String> mistakes) {
        String text = values.getOrDefault(PORT, Integer.toString(DEFAULT_PORT));
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other that is none.
        }
        mistakes.add("--" + PORT + " must be a number from 0 to " + MAX_PORT + ".");
        return DEFAULT_PORT;
    }

    private static Set<EventType> events(Map<String, String> values, List<String> mistakes) {
        Set<EventType> events = EnumSet.noneOf(EventType.class);
        if (!values.containsKey(EVENTS)) {
            return events;
        }
        if (!values.containsKey(GATEWAY)) {
            mistakes.add("--" + EVENTS + " has no meaning without --" + GATEWAY + ".");
        }
        for (String written : values.getOrDefault(EVENTS, "").split(",", -1)) {
            String name = written.strip();
            EventType.find(name)
                    .ifPresentOrElse(
                            events::add,
                            () -> mistakes.add("There is no type of event '" + name + "'"
                                    + Suggestion.endOf(name, TYPES) + " Types are " + String.join(", ", TYPES) + "."));
        }
        return events;
    }
}
