package dev.daveloper.embedded.chat;

import dev.daveloper.application.testkit.SixLawsContract;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteSixLawsTest {
    private static final int RUNS_IN_A_DIRECTORY = 1_000;
    private static final int RUNS_IN_MEMORY = 500;

    @Nested
    class InADirectory extends SixLawsContract {
        @TempDir
        Path directory;

        @Override
        protected Stores openStores(InstantSource clock) {
            return stores(EmbeddedStoresConfig.in(directory, clock));
        }

        @Override
        protected int runs() {
            return RUNS_IN_A_DIRECTORY;
        }
    }

    @Nested
    class InMemory extends SixLawsContract {
        @Override
        protected Stores openStores(InstantSource clock) {
            return stores(EmbeddedStoresConfig.inMemory(clock));
        }

        @Override
        protected int runs() {
            return RUNS_IN_MEMORY;
        }
    }

    private static SixLawsContract.Stores stores(EmbeddedStoresConfig config) {
        EmbeddedStores stores = EmbeddedStores.open(config);
        return new SixLawsContract.Stores(
                stores.runStore(), stores.runLog(), stores.messageStore(), stores.sessionStore(), stores);
    }
}
