package dev.daveloper.bootstrap.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the settings among the environment's variables. */
final class Environment {
    /** Names a configuration file, as {@code --config} does. */
    static final String CONFIG_FILE = "DAVELOPER_CONFIG";

    /** Read by the launcher and by the command {@code cache}: no settings. */
    private static final Set<String> OF_OTHERS = Set.of("DAVELOPER_JAVA_OPTS", CacheOptions.KEY_VARIABLE);

    /** What Kubernetes sets in every pod beside a service whose name begins with {@code daveloper}. */
    private static final Pattern OF_KUBERNETES_BY_NAME = Pattern.compile(
            "DAVELOPER_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern OF_KUBERNETES_BY_VALUE = Pattern.compile("(tcp|udp|sctp)://[0-9a-fA-F.:\\[\\]]+:\\d+");

    private Environment() {}

    static List<Given> read(Map<String, String> variables) {
        List<Given> found = new ArrayList<>();
        variables.forEach((name, value) -> {
            boolean ours = name.startsWith(Setting.VARIABLE_PREFIX) && !name.equals(CONFIG_FILE);
            if (ours && !OF_OTHERS.contains(name) && !isOfKubernetes(name, value)) {
                found.add(new Given(name, value, "environment"));
            }
        });
        found.sort(Comparator.comparing(Given::name));
        return found;
    }

    private static boolean isOfKubernetes(String name, String value) {
        return OF_KUBERNETES_BY_NAME.matcher(name).matches()
                || (name.endsWith("_PORT")
                        && OF_KUBERNETES_BY_VALUE.matcher(value).matches());
    }
}
