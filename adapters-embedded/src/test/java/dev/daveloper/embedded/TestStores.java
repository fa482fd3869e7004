package dev.daveloper.embedded;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
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

    /** Keys of these names, the first writes; the same name is the same key. */
    public static ContentKeys keys(String... names) {
        List<ContentKey> keys = new ArrayList<>();
        for (String name : names) {
            byte[] secret = new byte[ContentKey.BYTES];
            Arrays.fill(secret, (byte) name.hashCode());
            keys.add(new ContentKey(name, secret));
        }
        return new ContentKeys(keys);
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
