package dev.daveloper.embedded;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteTest {
    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    @TempDir
    Path directory;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch writerIsBusy = new CountDownLatch(1);
    private final CountDownLatch letWriterGo = new CountDownLatch(1);
    private Sqlite sqlite;

    @AfterEach
    void close() {
        letWriterGo.countDown();
        callers.close();
        if (sqlite != null) {
            sqlite.close();
        }
    }

    @Test
    void a_write_that_fails_does_not_spoil_its_neighbours() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        assertThatExceptionOfType(NotFound.class).as("alone").isThrownBy(this::refuse);
        Future<Integer> busy = occupyWriter();
        Future<Integer> before = queued(() -> add("before"));
        Future<Integer> refused = queued(this::refuse);
        Future<Integer> broken = queued(() -> sqlite.write(connection -> {
            insert(connection, "broken");
            return connection.update("INSERT INTO no_such_table VALUES (1)");
        }));
        Future<Integer> after = queued(() -> add("after"));
        letWriterGo.countDown();

        assertThat(busy.get()).isOne();
        assertThat(before.get()).isOne();
        assertThat(after.get()).isOne();
        assertThatThrownBy(refused::get).hasRootCauseInstanceOf(NotFound.class);
        assertThatThrownBy(broken::get).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(kept()).containsExactly("after", "before", "busy");
    }

    @Test
    void writes_that_wait_together_are_committed_together() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        List<String> order = new CopyOnWriteArrayList<>();
        Future<Integer> busy = occupyWriter();
        Future<Integer> one = queued(() -> tracked("one", order));
        Future<Integer> two = queued(() -> tracked("two", order));
        letWriterGo.countDown();
        busy.get();
        one.get();
        two.get();

        assertThat(order).containsExactly("one done", "two done", "one committed", "two committed");
    }

    @Test
    void a_commit_that_fails_is_told_to_all_who_shared_it_and_the_writer_goes_on() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        Future<Integer> busy = occupyWriter();
        Future<Integer> innocent = queued(() -> add("innocent"));
        Future<Integer> orphan = queued(() -> sqlite.write(connection -> {
            connection.update("PRAGMA defer_foreign_keys = ON");
            return connection.update(
                    "INSERT INTO run_log (run, epoch, first_seq, last_seq, events) VALUES (99, 1, 1, 1, x'00')");
        }));
        letWriterGo.countDown();

        assertThatThrownBy(busy::get)
                .as("it was not committed yet when these came")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(innocent::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(orphan::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(kept()).isEmpty();
        assertThat(add("later")).isOne();
    }

    @Test
    void a_caller_whose_turn_does_not_come_withdraws() throws Exception {
        open(ofSeconds(1), 8, ofSeconds(30));
        Future<Integer> busy = occupyWriter();

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> add("too late"));
        letWriterGo.countDown();
        await().until(busy::isDone);

        assertThat(add("later")).isOne();
        assertThat(kept()).containsExactly("busy", "later");
    }

    @Test
    void a_caller_who_is_interrupted_before_its_turn_withdraws_and_stays_interrupted() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        Future<Integer> busy = occupyWriter();
        CompletableFuture<Boolean> stayedInterrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                sqlite.write(connection -> insert(connection, "withdrawn"));
            } catch (StoreUnavailable e) {
                stayedInterrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        await().until(() -> sqlite.queuedWrites() == 1);
        caller.interrupt();

        assertThat(stayedInterrupted.get()).isTrue();
        letWriterGo.countDown();
        busy.get();
        assertThat(add("later")).isOne();
        assertThat(kept()).containsExactly("busy", "later");
    }

    @Test
    void a_caller_who_is_interrupted_while_its_work_is_done_learns_the_outcome() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        AtomicReference<Integer> outcome = new AtomicReference<>();
        AtomicBoolean stayedInterrupted = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            outcome.set(sqlite.write(this::busy));
            stayedInterrupted.set(Thread.currentThread().isInterrupted());
        });
        writerIsBusy.await();
        caller.interrupt();
        letWriterGo.countDown();
        caller.join();

        assertThat(outcome).hasValue(1);
        assertThat(stayedInterrupted).isTrue();
        assertThat(kept()).containsExactly("busy");
    }

    @Test
    void a_full_queue_refuses() throws Exception {
        open(ofSeconds(1), 1, ofSeconds(30));
        Future<Integer> busy = occupyWriter();
        Future<Integer> queued = queued(() -> add("queued"));

        assertThat(sqlite.queueFillPercent()).isEqualTo(100);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> add("no room"))
                .withStackTraceContaining("queue of 1 has been full");
        letWriterGo.countDown();
        await().until(() -> busy.isDone() && queued.isDone());
    }

    @Test
    void closing_does_what_is_queued_and_refuses_what_comes() throws Exception {
        open(ofSeconds(30), 8, ofSeconds(30));
        Future<Integer> busy = occupyWriter();
        Future<Integer> queued = queued(() -> add("queued"));
        Future<?> closing = callers.submit(sqlite::close);
        await().until(() -> refuses(() -> sqlite.write(connection -> 1)));
        letWriterGo.countDown();
        closing.get();

        assertThat(busy.get()).isOne();
        assertThat(queued.get()).isOne();
        assertThat(refuses(() -> sqlite.read(connection -> 1))).isTrue();
        sqlite.close();
        open(ofSeconds(30), 8, ofSeconds(30));
        assertThat(kept()).containsExactly("busy", "queued");
    }

    @Test
    void closing_breaks_off_what_takes_too_long_and_refuses_what_is_queued() throws Exception {
        open(ofSeconds(30), 8, ofMillis(100));
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> endless = callers.submit(() -> sqlite.write(connection -> {
            begun.countDown();
            return connection.first(ENDLESS, row -> row.getInt(1)).orElseThrow();
        }));
        begun.await();
        Future<Integer> queued = queued(() -> add("queued"));
        sqlite.close();

        assertThatThrownBy(endless::get).hasCauseInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(queued::get).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sqlite-"));
    }

    private void open(Duration answerWithin, int queue, Duration closeWithin) {
        sqlite = Sqlite.open(
                new EmbeddedStoresConfig(
                        Optional.of(directory),
                        InstantSource.system(),
                        Durability.PROCESS_DEATH,
                        2,
                        queue,
                        queue,
                        100,
                        answerWithin,
                        closeWithin,
                        ContentKeys.NONE),
                Schema.CONVERSATIONS);
        sqlite.write(connection -> connection.update("CREATE TABLE IF NOT EXISTS names (name TEXT)"));
    }

    private Future<Integer> occupyWriter() throws InterruptedException {
        Future<Integer> busy = callers.submit(() -> sqlite.write(this::busy));
        writerIsBusy.await();
        return busy;
    }

    private int busy(SqliteConnection connection) throws SQLException {
        writerIsBusy.countDown();
        try {
            letWriterGo.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the writer", e);
        }
        return insert(connection, "busy");
    }

    private int add(String name) {
        return sqlite.write(connection -> insert(connection, name));
    }

    private int refuse() {
        return sqlite.write(connection -> {
            insert(connection, "refused");
            throw new NotFound("run");
        });
    }

    /** Calls, and answers when the call waits for the writer. */
    private Future<Integer> queued(Callable<Integer> call) {
        int before = sqlite.queuedWrites();
        Future<Integer> future = callers.submit(call);
        await().pollInterval(ofMillis(2)).until(() -> sqlite.queuedWrites() > before);
        return future;
    }

    private int tracked(String name, List<String> order) {
        return sqlite.write(
                connection -> {
                    order.add(name + " done");
                    return insert(connection, name);
                },
                () -> order.add(name + " committed"));
    }

    private static int insert(SqliteConnection connection, String name) throws SQLException {
        return connection.update("INSERT INTO names (name) VALUES (?)", name);
    }

    private List<String> kept() {
        return sqlite.read(
                connection -> connection.list("SELECT name FROM names ORDER BY name", row -> row.getString(1)));
    }

    private static boolean refuses(Callable<Integer> call) throws Exception {
        try {
            call.call();
            return false;
        } catch (StoreUnavailable e) {
            return true;
        }
    }
}
