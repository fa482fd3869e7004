package dev.daveloper.embedded;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.embedded.chat.SqliteMessageStore;
import dev.daveloper.embedded.chat.SqliteRunLog;
import dev.daveloper.embedded.chat.SqliteRunStore;
import dev.daveloper.embedded.sessions.SqliteSessionStore;

/**
 * The door to the stores in one process. What is kept in a directory is there again when it is opened the next time;
 * {@link Durability} says after which accidents.
 *
 * <p>Opening ends the leases of whoever had the directory before: nobody else can be alive and own a run in it, so the
 * runs it left are there to be taken over at once.
 */
public final class EmbeddedStores implements AutoCloseable {
    private final Sqlite sqlite;
    private final SqliteRunStore runStore;
    private final SqliteRunLog runLog;
    private final SqliteMessageStore messageStore;
    private final SqliteSessionStore sessionStore;
    private final SqliteProbe probe;

    private EmbeddedStores(Sqlite sqlite, EmbeddedStoresConfig config) {
        this.sqlite = sqlite;
        this.runStore = new SqliteRunStore(sqlite, config.clock());
        this.runLog = new SqliteRunLog(sqlite);
        this.messageStore = new SqliteMessageStore(sqlite);
        this.sessionStore = new SqliteSessionStore(sqlite);
        this.probe = new SqliteProbe(sqlite, config.clock(), "sqlite", true);
    }

    /**
     * Takes the directory, brings its database up to date and starts the database's threads.
     *
     * @throws UnusableDataDirectory when another process has it, it cannot be written to, or the database in it is
     *     damaged or from a later version; the message says which
     */
    public static EmbeddedStores open(EmbeddedStoresConfig config) {
        Sqlite sqlite = Sqlite.open(config, Schema.CONVERSATIONS);
        try {
            EmbeddedStores stores = new EmbeddedStores(sqlite, config);
            stores.runStore.endAllLeases();
            return stores;
        } catch (RuntimeException e) {
            sqlite.close();
            throw e;
        }
    }

    public RunStore runStore() {
        return runStore;
    }

    public RunLog runLog() {
        return runLog;
    }

    public MessageStore messageStore() {
        return messageStore;
    }

    public SessionStore sessionStore() {
        return sessionStore;
    }

    /** Asks, as {@code sqlite} and vital, whether the database can be written to and is keeping up. */
    public HealthProbe probe() {
        return probe;
    }

    /**
     * Refuses new work with {@link dev.daveloper.domain.failures.StoreUnavailable}, does what is queued within the
     * configured bound, ends all threads and gives the directory up. A second call does nothing.
     */
    @Override
    public void close() {
        sqlite.close();
    }
}
