package dev.daveloper.embedded.webhooks;

import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.SqliteConnection;
import dev.daveloper.stored.EpochNanos;
import dev.daveloper.stored.chat.Place;
import dev.daveloper.stored.webhooks.EndpointCodec;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints in SQLite, each sealed as a whole. */
public final class SqliteWebhookStore implements WebhookStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWebhookStore.class);

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
     * @throws dev.daveloper.embedded.UnusableDataDirectory when that key is needed and cannot be had, or is another
     */
    public static SqliteWebhookStore open(Sqlite sqlite, ContentSeal contents, Optional<Path> directory) {
        Map<EndpointId, byte[]> own = sqlite.read(SqliteWebhookStore::sealedByOwn);
        EndpointSeal seal = EndpointSeal.open(contents, directory, !own.isEmpty());
        Map<EndpointId, byte[]> plain = opened(own, seal);
        if (plain.isEmpty() && !own.isEmpty()) {
            throw sqlite.unusable(KeyFile.ANOTHER);
        }
        SqliteWebhookStore store = new SqliteWebhookStore(sqlite, seal);
        if (contents.seals() && !own.isEmpty()) {
            store.sealAnew(plain);
        }
        return store;
    }

    private static Map<EndpointId, byte[]> sealedByOwn(SqliteConnection connection) throws SQLException {
        Map<EndpointId, byte[]> sealed = new LinkedHashMap<>();
        connection.walk("SELECT id, content FROM webhook_endpoints WHERE sealed_by = -1", row -> {
            sealed.put(new EndpointId(row.getString(1)), row.getBytes(2));
            return true;
        });
        return sealed;
    }

    /** Those that can be opened. One that was tampered with is told of when it is asked for, and holds up no other. */
    private static Map<EndpointId, byte[]> opened(Map<EndpointId, byte[]> own, EndpointSeal seal) {
        Map<EndpointId, byte[]> opened = new LinkedHashMap<>();
        own.forEach((id, content) -> {
            try {
                opened.put(id, seal.open(content, EndpointSeal.OWN, Place.of(id)));
            } catch (UnreadableContent e) {
                LOG.warn("{}", e.getMessage());
            }
        });
        return opened;
    }

    private void sealAnew(Map<EndpointId, byte[]> plain) {
        sqlite.write(connection -> {
            // Who finds the file with the key shall not find what it opens as well.
            connection.overwriteAllDeleted(true);
            for (Map.Entry<EndpointId, byte[]> one : plain.entrySet()) {
                connection.update(
                        "UPDATE webhook_endpoints SET content = ?, sealed_by = ? WHERE id = ? AND sealed_by = -1",
                        seal.seal(one.getValue(), Place.of(one.getKey())),
                        seal.number(),
                        one.getKey().value());
            }
            connection.overwriteAllDeleted(false);
            return plain.size();
        });
        LOG.info("the secrets of {} webhooks were encrypted anew with the first key", plain.size());
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
