package dev.daveloper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.application.health.out.HealthProbe.Finding;
import dev.daveloper.domain.ContentKeys;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SqliteProbeTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final TestStores opener = new TestStores();

    @Test
    void a_database_that_takes_writes_is_well() throws Exception {
        for (Optional<Path> where : List.of(Optional.<Path>empty(), Optional.of(directory))) {
            HealthProbe probe = opener.open(where, InstantSource.system()).probe();

            assertThat(probe.component()).isEqualTo("sqlite");
            assertThat(probe.vital()).isTrue();
            assertThat(probe.check()).isEqualTo(Finding.PASS);
        }
    }

    @Test
    void a_database_that_is_closed_is_not() throws Exception {
        EmbeddedStores stores = opener.open(Optional.of(directory), InstantSource.system());
        stores.close();

        assertThat(stores.probe().check().status()).isEqualTo(Status.FAIL);
    }

    @Test
    void a_queue_that_fills_up_is_warned_of() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        try (Sqlite sqlite = Sqlite.open(smallQueue(), Schema.CONVERSATIONS)) {
            Thread busy = Thread.ofVirtual().start(() -> sqlite.write(connection -> hold(letGo)));
            await().until(() -> busy.getState() == Thread.State.TIMED_WAITING && sqlite.queuedWrites() == 0);
            Thread queued = Thread.ofVirtual().start(() -> sqlite.write(connection -> hold(letGo)));
            await().until(() -> sqlite.queuedWrites() == 1);
            Thread releaser = Thread.ofVirtual().unstarted(letGo::countDown);
            SqliteProbe probe = new SqliteProbe(
                    sqlite,
                    () -> {
                        releaser.start();
                        return Instant.EPOCH;
                    },
                    "sqlite",
                    true);

            assertThat(probe.check()).isEqualTo(Finding.warning(ErrorClass.FULL, "The queue of work is 100 % full."));
            busy.join();
            queued.join();
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

    private static EmbeddedStoresConfig smallQueue() {
        return new EmbeddedStoresConfig(
                Optional.empty(),
                InstantSource.system(),
                Durability.PROCESS_DEATH,
                1,
                1,
                1,
                1,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                ContentKeys.NONE);
    }
}
