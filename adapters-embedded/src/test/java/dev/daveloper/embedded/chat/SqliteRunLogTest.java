package dev.daveloper.embedded.chat;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.RunLogContract;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.TestStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunLogTest {
    @Nested
    class InADirectory extends RunLogContract {
        @TempDir
        Path directory;

        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected ChatStores open(InstantSource time) {
            return TestStores.chat(opener.open(Optional.of(directory), time));
        }
    }

    @Nested
    class InMemory extends RunLogContract {
        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected ChatStores open(InstantSource time) {
            return TestStores.chat(opener.open(Optional.empty(), time));
        }
    }

    @Nested
    class Encrypted extends RunLogContract {
        @TempDir
        Path directory;

        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected ChatStores open(InstantSource time) {
            return TestStores.chat(
                    opener.open(EmbeddedStoresConfig.in(directory, time).with(TestStores.keys("k1"))));
        }
    }
}
