package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.testkit.OutboxContract;
import dev.daveloper.application.testkit.WebhookStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest {
    @Nested
    class InADirectory extends OutboxContract {
        @TempDir
        Path directory;

        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.of(directory), time);
        }
    }

    @Nested
    class InMemory extends OutboxContract {
        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.empty(), time);
        }
    }
}
