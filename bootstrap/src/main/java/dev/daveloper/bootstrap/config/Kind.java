package dev.daveloper.bootstrap.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a setting's value may be.
 *
 * @param name for the reference, such as {@code duration}
 * @param expected for a mistake, such as {@code a whole number from 0 to 65535}
 * @param reader from the written form, which is the same in every source; empty when it cannot be this
 */
public record Kind<T>(String name, String expected, Function<String, Optional<T>> reader) {
    public Optional<T> read(String text) {
        return reader.apply(text.strip());
    }
}
