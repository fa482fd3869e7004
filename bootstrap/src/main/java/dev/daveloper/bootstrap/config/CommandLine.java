package dev.daveloper.bootstrap.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program was asked on its command line.
 *
 * @param operands what the commands {@code cache} and {@code webhooks} are to do; no other command has any
 * @param options settings, by their keys; with those commands the options of their own
 * @param mistakes what nobody can make sense of
 */
public record CommandLine(
        Command command,
        List<String> operands,
        List<Given> options,
        Optional<String> configFile,
        List<String> mistakes) {
    private static final String WHERE = "command line";
    private static final String OPTION = "--";

    /** Short names of settings, for the commands that they matter to. */
    private static final Map<Command, Map<String, String>> SHORT_NAMES = Map.of(
            Command.AGENT, AgentServerKeys.SERVING.shortNames(),
            Command.DOCUMENTS, DocumentsServerKeys.SERVING.shortNames());

    /** What the program can do. */
    public enum Command {
        SERVE("serve"),
        AGENT("agent"),
        DOCUMENTS("documents"),
        CACHE("cache"),
        WEBHOOKS("webhooks"),
        CONFIG("config"),
        HELP("help"),
        VERSION("version");

        private final String word;

        Command(String word) {
            this.word = word;
        }

        static Optional<Command> of(String word) {
            return Arrays.stream(values())
                    .filter(command -> command.word.equals(word))
                    .findFirst();
        }

        static List<String> words() {
            return Arrays.stream(values()).map(command -> command.word).toList();
        }
    }

    public CommandLine {
        operands = List.copyOf(operands);
        options = List.copyOf(options);
        mistakes = List.copyOf(mistakes);
    }

    public static CommandLine parse(String... args) {
        return new Reading(Arrays.asList(args).iterator()).read();
    }

    /** One pass over the arguments. */
    private static final class Reading {
        private final Iterator<String> rest;
        private final List<String> operands = new ArrayList<>();
        private final List<Given> options = new ArrayList<>();
        private final List<String> mistakes = new ArrayList<>();
        private Optional<String> configFile = Optional.empty();
        private Optional<Command> command = Optional.empty();
        private Optional<Command> asked = Optional.empty();

        Reading(Iterator<String> rest) {
            this.rest = rest;
        }

        CommandLine read() {
            while (rest.hasNext()) {
                String arg = rest.next();
                switch (arg) {
                    case "--help", "-h" -> asked = Optional.of(Command.HELP);
                    case "--version" -> asked = Optional.of(Command.VERSION);
                    default -> {
                        if (arg.startsWith(OPTION)) {
                            option(arg.substring(OPTION.length()));
                        } else {
                            word(arg);
                        }
                    }
                }
            }
            return new CommandLine(
                    asked.or(() -> command).orElse(Command.SERVE), operands, options, configFile, mistakes);
        }

        /** Whether it has operands, and options that are no settings. */
        private boolean isOfItsOwn() {
            return isOf(Command.CACHE) || isOf(Command.WEBHOOKS);
        }

        private boolean isOf(Command one) {
            return command.equals(Optional.of(one));
        }

        private void word(String word) {
            if (isOfItsOwn()) {
                operands.add(word);
                return;
            }
            Optional<Command> known = Command.of(word);
            if (known.isEmpty()) {
                mistakes.add("There is no command '" + word + "'" + Suggestion.endOf(word, Command.words())
                        + " Commands are " + String.join(", ", Command.words()) + ".");
            } else if (command.isPresent()) {
                mistakes.add("One command at a time: '" + word + "' is a second one.");
            } else {
                command = known;
            }
        }

        private void option(String text) {
            int equals = text.indexOf('=');
            String written = equals < 0 ? text : text.substring(0, equals);
            String name = command.map(given -> SHORT_NAMES.getOrDefault(given, Map.of()))
                    .map(names -> names.getOrDefault(written, written))
                    .orElse(written);
            Optional<String> value = equals < 0 ? valueOf(name) : Optional.of(text.substring(equals + 1));
            if (value.isEmpty()) {
                mistakes.add("--" + written + " needs a value: --" + written + "=VALUE.");
            } else if (name.equals("config")) {
                configFile = value;
            } else {
                options.add(new Given(name, value.get(), WHERE));
            }
        }

        /** A flag needs no value, an unknown name is reported for itself, and any other option takes the next word. */
        private Optional<String> valueOf(String name) {
            boolean flag = Catalogue.find(name)
                    .map(setting -> setting.kind().equals(Kinds.FLAG))
                    .orElse(!name.equals("config"));
            boolean alone = flag;
            if (isOf(Command.CACHE)) {
                alone = !CacheOptions.takesValue(name);
            } else if (isOf(Command.WEBHOOKS)) {
                alone = !ListenOptions.takesValue(name);
            }
            if (alone) {
                return Optional.of("true");
            }
            return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }
    }
}
