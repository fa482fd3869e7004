package dev.daveloper.bootstrap.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all sources: the command line wins over the environment, this over the file, this over the defaults. */
public final class Sources {
    static final String USUAL_FILE = "daveloper.yaml";

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Given> givenByKey = new HashMap<>();

    private Sources() {}

    /**
     * Reads and checks everything.
     *
     * @param directory the working directory, where the usual file may stand
     * @throws InvalidConfiguration with all mistakes in all sources, those of values that are overridden as well
     */
    public static Values read(CommandLine commandLine, Map<String, String> environment, Path directory)
            throws InvalidConfiguration {
        Sources sources = new Sources();
        sources.mistakes.addAll(commandLine.mistakes());
        Optional<String> named =
                commandLine.configFile().or(() -> Optional.ofNullable(environment.get(Environment.CONFIG_FILE)));
        sources.takeByKey(sources.file(named, directory));
        sources.takeByVariable(Environment.read(environment));
        sources.takeByKey(commandLine.options());
        if (!sources.mistakes.isEmpty()) {
            throw new InvalidConfiguration(sources.mistakes);
        }
        return new Values(sources.givenByKey);
    }

    private List<Given> file(Optional<String> named, Path directory) {
        try {
            Path file = directory.resolve(named.orElse(USUAL_FILE));
            if (Files.isRegularFile(file)) {
                return YamlFile.read(named.orElse(USUAL_FILE), file, mistakes);
            }
        } catch (InvalidPathException e) {
            mistakes.add("The configuration file's name is not a path of this system.");
            return List.of();
        }
        named.ifPresent(name -> mistakes.add("There is no configuration file " + name + "."));
        return List.of();
    }

    private void takeByKey(List<Given> source) {
        Map<String, Given> seen = new HashMap<>();
        for (Given given : source) {
            Given earlier = seen.putIfAbsent(given.name(), given);
            if (earlier != null) {
                mistakes.add(given.name() + " is given twice: " + earlier.where() + " and " + given.where() + ".");
                continue;
            }
            Optional<Setting<?>> setting = Catalogue.find(given.name());
            if (setting.isPresent()) {
                take(setting.get(), given);
            } else {
                mistakes.add(unknown(given.name(), given.where(), Catalogue.keys()));
            }
        }
    }

    private void takeByVariable(List<Given> source) {
        for (Given given : source) {
            Optional<Setting<?>> setting = Catalogue.findByVariable(given.name());
            if (setting.isPresent()) {
                take(setting.get(), given);
            } else {
                mistakes.add(unknown(given.name(), given.where(), Catalogue.variables()));
            }
        }
    }

    private void take(Setting<?> setting, Given given) {
        if (setting.kind().read(given.value()).isEmpty()) {
            mistakes.add(setting.key() + " must be " + setting.kind().expected() + ", not '"
                    + setting.shown(given.value()) + "' (" + given.where() + ").");
        } else {
            givenByKey.put(setting.key(), given);
        }
    }

    private static String unknown(String name, String where, List<String> known) {
        return "There is no setting " + name + " (" + where + ")" + Suggestion.endOf(name, known);
    }
}
