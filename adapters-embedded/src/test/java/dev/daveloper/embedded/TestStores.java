package dev.daveloper.embedded;

import dev.daveloper.application.testkit.ChatStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens stores for a test and closes them behind it. */
public final class TestStores implements AfterEachCallback {
    private final Deque<EmbeddedStores> opened = new ArrayDeque<>();

    public EmbeddedStores open(Optional<Path> directory, InstantSource clock) {
        return open(
                directory.isPresent()
                        ? EmbeddedStoresConfig.in(directory.get(), clock)
                        : EmbeddedStoresConfig.inMemory(clock));
    }

    public EmbeddedStores open(EmbeddedStoresConfig config) {
        EmbeddedStores stores = EmbeddedStores.open(config);
        opened.push(stores);
        return stores;
    }

    public static ChatStores chat(EmbeddedStores stores) {
        return new ChatStores(stores.runStore(), stores.runLog(), stores.messageStore());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
