package dev.daveloper.bootstrap.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One thing that can be configured.
 *
 * @param key lower-case words joined by hyphens, in groups joined by dots
 * @param defaultText in the written form
 * @param meaning a line or two of documentation
 * @param secret whether its value must never be shown
 */
public record Setting<T>(String key, Kind<T> kind, String defaultText, String meaning, boolean secret) {
    static final String VARIABLE_PREFIX = "DAVELOPER_";

    private static final String HIDDEN = "***";
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)*");

    public Setting {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key must be words joined by hyphens and dots, not '" + key + "'");
        }
        if (kind.read(defaultText).isEmpty()) {
            throw new IllegalArgumentException(key + "'s default must be " + kind.expected() + ": " + defaultText);
        }
    }

    static <T> Setting<T> of(String key, Kind<T> kind, String defaultText, String meaning) {
        return new Setting<>(key, kind, defaultText, meaning, false);
    }

    static Setting<String> secret(String key, String meaning) {
        return secretOf(key, Kinds.TEXT, meaning);
    }

    static <T> Setting<T> secretOf(String key, Kind<T> kind, String meaning) {
        return new Setting<>(key, kind, "", meaning, true);
    }

    /** Its name in the environment. */
    public String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** A value of it as people may see it. */
    public String shown(String value) {
        return secret && !value.isEmpty() ? HIDDEN : value;
    }
}
