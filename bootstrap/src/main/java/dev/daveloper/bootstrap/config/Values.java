package dev.daveloper.bootstrap.config;

import java.util.Map;

/** The value of every setting, each known to be of its kind. */
public final class Values {
    private final Map<String, Given> givenByKey;

    Values(Map<String, Given> givenByKey) {
        this.givenByKey = Map.copyOf(givenByKey);
    }

    public <T> T get(Setting<T> setting) {
        return setting.kind()
                .read(textOf(setting))
                .orElseThrow(() -> new IllegalStateException(setting.key() + " was not checked"));
    }

    /** Its written form. */
    String textOf(Setting<?> setting) {
        Given given = givenByKey.get(setting.key());
        return given == null ? setting.defaultText() : given.value();
    }

    /** Where it was given, for people; {@code default} when nowhere. */
    String whereOf(Setting<?> setting) {
        Given given = givenByKey.get(setting.key());
        return given == null ? "default" : given.where();
    }
}
