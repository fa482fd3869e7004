package dev.daveloper.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command {@code cache} was told. Its options are no settings: they stand on the command line alone.
 *
 * @param operands what stands behind the command
 * @param force whether a file may be overwritten
 */
public record CacheOptions(List<String> operands, Optional<String> url, Optional<String> adminKeyFile, boolean force) {
    /** Holds the key: on the command line everybody would see it who may list the processes. */
    public static final String KEY_VARIABLE = "DAVELOPER_ADMIN_KEY";

    public static final String DEFAULT_URL = "http://localhost:8080";

    /** What can be asked for, and what it means. */
    static final Map<String, String> FORMS = forms();

    /** Each option as it is written, and what it means. */
    static final Map<String, String> OPTIONS = options();

    private static final String URL = "url";
    private static final String ADMIN_KEY_FILE = "admin-key-file";
    private static final String FORCE = "force";

    /** Those that are not flags. */
    private static final Set<String> WITH_VALUE = Set.of(URL, ADMIN_KEY_FILE);

    /** What somebody may write who takes the key for an option. */
    static final Set<String> KEY_ITSELF = Set.of("key", "admin-key", "admin.key", "admin.keys");

    public CacheOptions {
        operands = List.copyOf(operands);
    }

    private static Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("cache backup FILE", "Writes all that is kept to FILE, which appears when it is whole.");
        forms.put("cache restore FILE", "Puts back what FILE holds, each entry for what is left of its time.");
        forms.put("cache warm [NAME]...", "Makes these ahead, such as tools; without a name all that there are.");
        return forms;
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--url=" + DEFAULT_URL, "Where the gateway is; https as well.");
        options.put(
                "--admin-key-file=FILE",
                "A file that holds the key of an administrator and nothing else. Without it the key is taken from the"
                        + " variable " + KEY_VARIABLE + "; it is never given on the command line.");
        options.put("--force", "Overwrites the FILE of a backup that is there already.");
        return options;
    }

    static boolean takesValue(String name) {
        return WITH_VALUE.contains(name);
    }

    /** @throws InvalidConfiguration when there is an option that the command does not have, or one is given twice */
    public static CacheOptions of(CommandLine line) throws InvalidConfiguration {
        List<String> mistakes = new ArrayList<>(line.mistakes());
        Map<String, String> values = new LinkedHashMap<>();
        for (Given given : line.options()) {
            String name = given.name();
            if (KEY_ITSELF.contains(name)) {
                mistakes.add("An admin key is not given on the command line, where everybody sees it who may list the"
                        + " processes: set " + KEY_VARIABLE + ", or name a file with --" + ADMIN_KEY_FILE + ".");
            } else if (!takesValue(name) && !name.equals(FORCE)) {
                mistakes.add("The command cache has no option --" + name + ", but --" + URL + ", --" + ADMIN_KEY_FILE
                        + " and --" + FORCE + ".");
            } else if (values.put(name, given.value()) != null) {
                mistakes.add("--" + name + " is given twice.");
            }
        }
        if (line.configFile().isPresent()) {
            mistakes.add("The command cache reads no configuration file; --config has no meaning for it.");
        }
        String force = values.getOrDefault(FORCE, "false");
        if (!Set.of("true", "false").contains(force)) {
            mistakes.add("--" + FORCE + " takes no value.");
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidConfiguration(mistakes);
        }
        return new CacheOptions(
                line.operands(),
                Optional.ofNullable(values.get(URL)),
                Optional.ofNullable(values.get(ADMIN_KEY_FILE)),
                force.equals("true"));
    }
}
