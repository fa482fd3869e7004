package dev.daveloper.bootstrap.config;

import java.util.List;

/** Settings that belong together, in the order in which they are shown. */
public record Group(String title, List<Setting<?>> settings) {
    public Group {
        settings = List.copyOf(settings);
    }
}
