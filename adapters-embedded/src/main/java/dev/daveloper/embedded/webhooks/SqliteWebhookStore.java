package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import dev.daveloper.stored.webhooks.EndpointCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Endpoints in SQLite, each sealed as a whole. */
public final class SqliteWebhookStore implements WebhookStore {
    private final Sqlite sqlite;
    private final EndpointSeal seal;

    private SqliteWebhookStore(Sqlite sqlite, EndpointSeal seal) {
        this.sqlite = sqlite;
        this.seal = seal;
    }

    /**
     * With the key that its secrets are sealed by. What was sealed by the key in the file while there were no others is
     * sealed anew.
     *
     * @param directory of the database; empty for one in memory
     * @throws dev.daveloper.embedded.UnusableDataDirectory when that key is needed and cannot be had
     */
    public static SqliteWebhookStore open(Sqlite sqlite, ContentSeal contents, Optional<Path> directory) {
        boolean needed = sqlite.read(connection -> connection
                .first("SELECT 1 FROM webhook_endpoints WHERE sealed_by = -1 LIMIT 1", row -> true)
                .orElse(false));
        SqliteWebhookStore store = new SqliteWebhookStore(sqlite, EndpointSeal.open(contents, directory, needed));
        if (needed && contents.seals()) {
            store.all().forEach(store::sealAnew);
        }
        return store;
    }

    private void sealAnew(Endpoint endpoint) {
        byte[] content = sealed(endpoint);
        sqlite.write(connection -> {
            connection.overwriteAllDeleted(true);
            int changed = connection.update(
                    "UPDATE webhook_endpoints SET content = ?, sealed_by = ? WHERE id = ? AND version = ?",
                    content,
                    seal.number(),
                    endpoint.id().value(),
                    endpoint.version());
            connection.overwriteAllDeleted(false);
            return changed;
        });
    }

    @Override
    public List<Endpoint> all() {
        return sqlite.read(connection -> connection.list(
                "SELECT content, sealed_by, id FROM webhook_endpoints ORDER BY created_at, id",
                row -> EndpointCodec.decode(
                        seal.open(row.getBytes(1), row.getLong(2), Place.of(new EndpointId(row.getString(3)))))));
    }

    @Override
    public boolean add(Endpoint endpoint, int max) {
        byte[] content = sealed(endpoint);
        return sqlite.write(connection -> connection.update(
                        "INSERT INTO webhook_endpoints (id, created_at, version, content, sealed_by)"
                                + " SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM webhook_endpoints) < ?6",
                        endpoint.id().value(),
                        EpochNanos.of(endpoint.createdAt()),
                        endpoint.version(),
                        content,
                        seal.number(),
                        max)
                == 1);
    }

    @Override
    public boolean replace(Endpoint changed) {
        byte[] content = sealed(changed);
        return sqlite.write(connection -> connection.update(
                        "UPDATE webhook_endpoints SET content = ?, version = ?, sealed_by = ?"
                                + " WHERE id = ? AND version = ?",
                        content,
                        changed.version(),
                        seal.number(),
                        changed.id().value(),
                        changed.version() - 1)
                == 1);
    }

    @Override
    public boolean remove(EndpointId endpoint, long version) {
        return sqlite.write(connection -> connection.update(
                        "DELETE FROM webhook_endpoints WHERE id = ? AND version = ?", endpoint.value(), version)
                == 1);
    }

    private byte[] sealed(Endpoint endpoint) {
        return seal.seal(EndpointCodec.encode(endpoint), Place.of(endpoint.id()));
    }
}
