package dev.daveloper.embedded;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.webhooks.out.DeliveryQueue;
import dev.daveloper.application.webhooks.out.Outbox;
import dev.daveloper.application.webhooks.out.WebhookStore;
import dev.daveloper.embedded.chat.LogRows;
import dev.daveloper.embedded.chat.SqliteMessageStore;
import dev.daveloper.embedded.chat.SqliteRunLog;
import dev.daveloper.embedded.chat.SqliteRunStore;
import dev.daveloper.embedded.ratelimits.SqlitePolicyStore;
import dev.daveloper.embedded.sessions.SqliteSessionStore;
import dev.daveloper.embedded.webhooks.EventRows;
import dev.daveloper.embedded.webhooks.SqliteDeliveryQueue;
import dev.daveloper.embedded.webhooks.SqliteOutbox;
import dev.daveloper.embedded.webhooks.SqliteWebhookStore;
import dev.daveloper.stored.chat.NearHistory;

/**
 * The door to the stores in one process. What is kept in a directory is there again when it is opened the next time;
 * {@link Durability} says after which accidents.
 *
 * <p>Opening ends the leases of whoever had the directory before: nobody else can be alive and own a run in it, so the
 * runs it left are there to be taken over at once.
 *
 * <p>With keys, what people write and what is answered is sealed in messages, logs and fingerprints; what is there from
 * before is sealed in the background, with the first key.
 */
public final class EmbeddedStores implements AutoCloseable {
    private final Sqlite sqlite;
    private final SqliteRunStore runStore;
    private final SqliteRunLog runLog;
    private final SqliteMessageStore messageStore;
    private final SqliteSessionStore sessionStore;
    private final SqlitePolicyStore policyStore;
    private final SqliteWebhookStore webhookStore;
    private final SqliteOutbox outbox;
    private final SqliteDeliveryQueue deliveryQueue;
    private final SqliteProbe probe;
    private final Resealing resealing;

    private EmbeddedStores(Sqlite sqlite, EmbeddedStoresConfig config) {
        ContentSeal seal = ContentSeal.open(sqlite, config.contentKeys());
        this.sqlite = sqlite;
        EventRows events = new EventRows(seal);
        NearHistory near = new NearHistory();
        LogRows log = new LogRows(seal);
        this.runStore = new SqliteRunStore(sqlite, config.clock(), seal, events, log, near);
        this.runLog = new SqliteRunLog(sqlite, seal, log);
        this.messageStore = new SqliteMessageStore(sqlite, seal, near);
        this.sessionStore = new SqliteSessionStore(sqlite, events);
        this.policyStore = new SqlitePolicyStore(sqlite);
        this.webhookStore = SqliteWebhookStore.open(sqlite, seal, config.directory());
        this.outbox = new SqliteOutbox(sqlite, events);
        this.deliveryQueue = new SqliteDeliveryQueue(sqlite, events, seal);
        this.probe = new SqliteProbe(sqlite, config.clock(), "sqlite", true);
        this.resealing = new Resealing(sqlite, seal);
    }

    /**
     * Takes the directory, brings its database up to date and starts the database's threads.
     *
     * @throws UnusableDataDirectory when another process has it, it cannot be written to, or the database in it is
     *     damaged, from a later version or encrypted with a key that is not configured; the message says which
     */
    public static EmbeddedStores open(EmbeddedStoresConfig config) {
        Sqlite sqlite = Sqlite.open(config, Schema.CONVERSATIONS);
        try {
            EmbeddedStores stores = new EmbeddedStores(sqlite, config);
            stores.runStore.endAllLeases();
            stores.deliveryQueue.endAllClaims();
            stores.resealing.start();
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

    public PolicyStore policyStore() {
        return policyStore;
    }

    /** Endpoints, whose secrets are sealed also where no keys are configured: by one in a file of the directory. */
    public WebhookStore webhookStore() {
        return webhookStore;
    }

    public Outbox outbox() {
        return outbox;
    }

    public DeliveryQueue deliveryQueue() {
        return deliveryQueue;
    }

    /** Asks, as {@code sqlite} and vital, whether the database can be written to and is keeping up. */
    public HealthProbe probe() {
        return probe;
    }

    /** How the database is doing. */
    public SqliteStats stats() {
        return sqlite.stats();
    }

    /** Tells this one, and no other, of every commit from now on. */
    public void hear(CommitListener listener) {
        sqlite.hear(listener);
    }

    /**
     * Refuses new work with {@link dev.daveloper.domain.failures.StoreUnavailable}, does what is queued within the
     * configured bound, ends all threads and gives the directory up. A second call does nothing.
     */
    @Override
    public void close() {
        resealing.close();
        sqlite.close();
    }
}
