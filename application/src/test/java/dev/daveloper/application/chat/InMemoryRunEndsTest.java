package dev.daveloper.application.chat;

import dev.daveloper.application.testkit.ChatStores;
import dev.daveloper.application.testkit.InMemoryStores;
import dev.daveloper.application.testkit.RunEndsContract;
import java.time.InstantSource;

final class InMemoryRunEndsTest extends RunEndsContract {
    @Override
    protected ChatStores open(InstantSource time) {
        InMemoryStores stores = new InMemoryStores(time);
        return new ChatStores(stores, stores, stores);
    }
}
