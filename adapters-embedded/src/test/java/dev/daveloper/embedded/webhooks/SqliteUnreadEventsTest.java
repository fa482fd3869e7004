package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.testkit.UnreadEventsContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class SqliteUnreadEventsTest extends UnreadEventsContract {
    /** In front of what is stored, this says that a key named so has sealed it, of which nobody has heard. */
    private static final String SCRAMBLE =
            "UPDATE webhook_events SET body = CAST(x'01056f74686572' || body AS BLOB) WHERE id = ?";

    private static final String MEND = "UPDATE webhook_events SET body = substr(body, 8) WHERE id = ?";

    @TempDir
    Path directory;

    @Override
    protected WebhookStores open(InstantSource time) {
        return OpenedWebhooks.open(Optional.of(directory), time);
    }

    @Override
    protected void scramble(WebhookEvent event, Set<EndpointId> to) throws SQLException {
        change(SCRAMBLE, event);
    }

    @Override
    protected void mend(WebhookEvent event, Set<EndpointId> to) throws SQLException {
        change(MEND, event);
    }

    private void change(String sql, WebhookEvent event) throws SQLException {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("daveloper.db"));
                PreparedStatement statement = jdbc.prepareStatement(sql)) {
            statement.setString(1, event.id().value());
            statement.executeUpdate();
        }
    }
}
