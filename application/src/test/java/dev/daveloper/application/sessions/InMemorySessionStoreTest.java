package dev.daveloper.application.sessions;

import dev.daveloper.application.sessions.out.SessionStore;
import dev.daveloper.application.testkit.InMemorySessionStore;
import dev.daveloper.application.testkit.SessionStoreContract;
import java.time.InstantSource;

final class InMemorySessionStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore open(InstantSource time) {
        return new InMemorySessionStore();
    }
}
