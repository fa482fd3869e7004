package dev.daveloper.bootstrap.config;

import java.util.List;

/** The program cannot start with this configuration; every reason is named, each in a sentence. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    public InvalidConfiguration(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
