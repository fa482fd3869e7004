package dev.daveloper.embedded.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.SessionStoreContract;
import dev.daveloper.embedded.TestStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionStoreTest {
    @Nested
    class InADirectory extends SessionStoreContract {
        @TempDir
        Path directory;

        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected SessionStore open(InstantSource time) {
            return opener.open(Optional.of(directory), time).sessionStore();
        }
    }

    @Nested
    class InMemory extends SessionStoreContract {
        @RegisterExtension
        final TestStores opener = new TestStores();

        @Override
        protected SessionStore open(InstantSource time) {
            return opener.open(Optional.empty(), time).sessionStore();
        }
    }
}
