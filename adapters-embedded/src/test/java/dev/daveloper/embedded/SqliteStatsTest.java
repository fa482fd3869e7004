package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a database tells of itself is what happens to it. */
@Timeout(30)
class SqliteStatsTest {
    @TempDir
    Path directory;

    @Test
    void commits_are_told_with_the_writes_that_shared_them_and_the_time_they_took() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        try (Sqlite sqlite = Sqlite.open(config(Optional.of(directory), 8, 8), Schema.CONVERSATIONS)) {
            sqlite.hear((writes, nanos) -> {
                assertThat(nanos).isPositive();
                told.add(writes);
            });
            sqlite.write(connection -> connection.update("UPDATE probe SET asked_at = ?", 1));
            assertThat(told).containsExactly(1);
            assertThat(sqlite.stats().bytes()).isPositive();
            assertThat(sqlite.stats().writes()).isEqualTo(new SqliteStats.QueueOf(0, 8, 0));
            assertThat(sqlite.stats().reads()).isEqualTo(new SqliteStats.QueueOf(0, 9, 0));
        }
    }

    @Test
    void a_transaction_that_is_rolled_back_is_counted_apart() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        try (Sqlite sqlite = Sqlite.open(config(Optional.empty(), 8, 8), Schema.CONVERSATIONS)) {
            sqlite.hear((writes, nanos) -> told.add(writes));
            assertThatThrownBy(() -> sqlite.write(connection -> {
                        connection.update("PRAGMA defer_foreign_keys = ON");
                        return connection.update("INSERT INTO run_log (run, epoch, first_seq, last_seq, events)"
                                + " VALUES (99, 1, 1, 1, x'00')");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(sqlite.stats().failedCommits()).isOne();
            assertThat(sqlite.stats().bytes()).isZero();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void what_waits_and_what_is_refused_is_counted() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        try (Sqlite sqlite = Sqlite.open(config(Optional.empty(), 1, 1), Schema.CONVERSATIONS)) {
            Thread holding = Thread.ofVirtual()
                    .start(() -> tolerant(sqlite, connection -> {
                        busy.countDown();
                        return hold(letGo);
                    }));
            busy.await();
            Thread waiting = Thread.ofVirtual().start(() -> tolerant(sqlite, connection -> 1));
            await().until(() -> sqlite.stats().writes().waiting() == 1);
            Thread another = Thread.ofVirtual().start(() -> tolerant(sqlite, connection -> 1));

            // The one whose turn does not come, and the one for whom there is no room.
            await().until(() -> sqlite.stats().writes().refused() == 2);
            letGo.countDown();
            for (Thread thread : List.of(holding, waiting, another)) {
                thread.join();
            }
            await().until(() -> sqlite.stats().writes().waiting() == 0);
        }
    }

    private static void tolerant(Sqlite sqlite, Work<Integer> work) {
        try {
            sqlite.write(work);
        } catch (StoreUnavailable e) {
            // It is the figures that are looked at.
        }
    }

    private static int hold(CountDownLatch letGo) {
        try {
            letGo.await();
            return 1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static EmbeddedStoresConfig config(Optional<Path> directory, int queue, int writesPerCommit) {
        return new EmbeddedStoresConfig(
                directory,
                InstantSource.system(),
                Durability.PROCESS_DEATH,
                1,
                queue,
                queue + 1,
                writesPerCommit,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                ContentKeys.NONE);
    }
}
