package dev.daveloper.embedded.chat;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.RunEndsContract;
import dev.daveloper.embedded.TestStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunEndsTest {
    @Nested
    class InADirectory extends RunEndsContract {
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
    class InMemory extends RunEndsContract {
        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected ChatStores open(InstantSource time) {
            return TestStores.chat(opener.open(Optional.empty(), time));
        }
    }
}
