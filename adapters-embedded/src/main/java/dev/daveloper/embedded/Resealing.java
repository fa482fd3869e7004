package dev.daveloper.embedded;

import dev.daveloper.domain.UnreadableContent;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.embedded.SealedTable.Found;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals with the first key what is sealed with another or not at all, a few rows at a time and after everybody else's
 * work. Each few are one transaction: whatever ends it in between, every row opens, and the next start goes on. Ends
 * when nothing is left, or when it is closed.
 */
public final class Resealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

    private static final int ROWS_AT_ONCE = 200;

    /** After the row that passes it no more are taken: of stored content, in one transaction. */
    private static final long BYTES_AT_ONCE = 1L << 20;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** After the store was unavailable. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(2);

    /** For the transaction at hand; afterwards the closing database ends it. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Sqlite sqlite;
    private final ContentSeal seal;
    private final Queue<Share> left = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final Thread thread = Thread.ofVirtual().name("resealing").unstarted(this::run);
    private long resealed;

    public Resealing(Sqlite sqlite, ContentSeal seal) {
        this.sqlite = sqlite;
        this.seal = seal;
        if (seal.seals()) {
            for (SealedTable table : SealedTable.values()) {
                seal.others().forEach(key -> left.add(new Share(table, key)));
            }
        }
    }

    /** Begins, on a thread of its own. */
    public void start() {
        thread.start();
    }

    /** Does the next transaction's work; answers false when there was none left. */
    boolean step() {
        while (!left.isEmpty()) {
            int done = some(left.peek());
            resealed += done;
            if (done > 0) {
                return true;
            }
            left.remove();
        }
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                LOG.warn("sealing anew did not end in time; the closing database ends it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one key has sealed in one table. */
    private record Share(SealedTable table, long key) {}

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (!step()) {
                        finish();
                        return;
                    }
                    pause = PAUSE;
                } catch (StoreUnavailable e) {
                    LOG.debug("sealing anew waits for the store", e);
                    pause = LONG_PAUSE;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                LOG.error("sealing anew broke off; the next start goes on", e);
            }
        }
    }

    private void finish() {
        if (resealed == 0) {
            return;
        }
        List<String> forgotten = sqlite.write(connection -> {
            connection.overwriteAllDeleted(false);
            return seal.forgetUnused(connection);
        });
        LOG.info("{} contents were encrypted anew with the first key", resealed);
        forgotten.forEach(name -> LOG.info("the encryption key '{}' is not needed any more", name));
    }

    private int some(Share share) {
        List<Found> found = sqlite.read(connection -> some(connection, share));
        Map<Found, byte[]> anew = new LinkedHashMap<>();
        List<UnreadableContent> unreadable = new ArrayList<>();
        for (Found content : found) {
            try {
                byte[] plain = seal.open(content.stored(), content.place());
                anew.put(content, seal.seal(plain, content.place()));
            } catch (UnreadableContent e) {
                unreadable.add(e);
            }
        }
        if (anew.isEmpty() && !unreadable.isEmpty()) {
            LOG.warn(
                    "{} contents or more cannot be encrypted anew, such as this: {}",
                    unreadable.size(),
                    unreadable.getFirst().getMessage());
        }
        if (!anew.isEmpty()) {
            sqlite.write(connection -> replace(connection, share, anew));
        }
        return anew.size();
    }

    private static List<Found> some(SqliteConnection connection, Share share) throws SQLException {
        List<Found> found = new ArrayList<>();
        long[] bytes = {0};
        share.table().walk(connection, share.key(), ROWS_AT_ONCE, row -> {
            Found content = share.table().found().read(row);
            found.add(content);
            bytes[0] += content.stored().length;
            return bytes[0] < BYTES_AT_ONCE;
        });
        return found;
    }

    private int replace(SqliteConnection connection, Share share, Map<Found, byte[]> anew) throws SQLException {
        // What is replaced may be plain text, of which nothing shall stay behind.
        connection.overwriteAllDeleted(true);
        for (Map.Entry<Found, byte[]> one : anew.entrySet()) {
            share.table().replace(connection, one.getKey(), share.key(), one.getValue(), seal.number());
        }
        return anew.size();
    }
}
