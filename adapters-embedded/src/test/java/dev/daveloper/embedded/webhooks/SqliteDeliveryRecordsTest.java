package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.testkit.DeliveryRecordsContract;
import dev.daveloper.application.testkit.WebhookStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeliveryRecordsTest {
    @Nested
    class InADirectory extends DeliveryRecordsContract {
        @TempDir
        Path directory;

        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.of(directory), time);
        }
    }

    @Nested
    class InMemory extends DeliveryRecordsContract {
        @Override
        protected WebhookStores open(InstantSource time) {
            return OpenedWebhooks.open(Optional.empty(), time);
        }
    }
}
