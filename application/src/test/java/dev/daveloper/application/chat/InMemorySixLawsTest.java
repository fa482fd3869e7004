package dev.daveloper.application.chat;

import dev.daveloper.application.testkit.InMemorySessionStore;
import dev.daveloper.application.testkit.InMemoryStores;
import dev.daveloper.application.testkit.SixLawsContract;
import java.time.InstantSource;

final class InMemorySixLawsTest extends SixLawsContract {
    @Override
    protected Stores openStores(InstantSource clock) {
        InMemoryStores stores = new InMemoryStores(clock);
        return new Stores(stores, stores, stores, new InMemorySessionStore(), () -> {});
    }

    @Override
    protected int runs() {
        return 8_000;
    }
}
