package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.testkit.WebhookStoreContract;
import dev.daveloper.application.testkit.WebhookStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteWebhookStoreTest {
    @Nested
    class InADirectory extends WebhookStoreContract {
        @TempDir
        Path directory;

        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.of(directory), time);
        }
    }

    @Nested
    class InMemory extends WebhookStoreContract {
        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.empty(), time);
        }
    }
}
