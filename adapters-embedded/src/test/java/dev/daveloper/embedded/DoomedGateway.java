package dev.daveloper.embedded;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that begins runs, writes on all of them and says what was accepted, until it is killed. One line for each
 * run: {@code run SESSION RUN}; then for each delta that was written: {@code wrote RUN SEQ}, whose text is {@code
 * SEQ,}.
 */
final class DoomedGateway {
    private static final int RUNS = 3;

    private DoomedGateway() {}

    public static void main(String[] args) {
        InstantSource clock = InstantSource.system();
        Conversations conversations = new Conversations(clock);
        EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoresConfig.in(Path.of(args[0]), clock));
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            NewRun question = conversations
                    .question("Why?")
                    .leasedFor(Duration.ofHours(1))
                    .in(conversations.someSession());
            stores.runStore().begin(question);
            leases.add(new Lease(question.run(), 1));
            System.out.println(
                    "run " + question.run().sessionId() + " " + question.run().id());
        }
        for (long seq = 1; ; seq++) {
            for (Lease lease : leases) {
                stores.runLog().append(lease, Conversations.deltas(lease, seq, seq + ","));
                System.out.println("wrote " + lease.run().id() + " " + seq);
            }
        }
    }
}
