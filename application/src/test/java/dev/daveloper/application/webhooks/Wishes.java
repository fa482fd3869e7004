package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.in.Webhooks.Change;
import java.util.Optional;

/** What administrators wish to be changed. */
final class Wishes {
    private Wishes() {}

    static Change enabled(boolean enabled) {
        return new Change(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(enabled));
    }

    static Change described(String description) {
        return new Change(
                Optional.empty(),
                Optional.of(description),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
