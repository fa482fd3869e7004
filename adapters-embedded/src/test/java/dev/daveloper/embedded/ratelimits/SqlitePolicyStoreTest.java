package dev.daveloper.embedded.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.application.testkit.PolicyStoreContract;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.embedded.EmbeddedStores;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.embedded.TestStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqlitePolicyStoreTest extends PolicyStoreContract {
    @RegisterExtension
    final TestStores opener = new TestStores();

    @TempDir
    Path directory;

    @Override
    protected PolicyStore open(InstantSource time) {
        return opener.open(Optional.empty(), time).policyStore();
    }

    @Test
    void changes_outlive_the_process() {
        EmbeddedStoresConfig config = EmbeddedStoresConfig.in(directory, InstantSource.system());
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            stores.policyStore().put("chat", PolicyText.OFF);
        }
        try (EmbeddedStores stores = EmbeddedStores.open(config)) {
            assertThat(stores.policyStore().changes()).containsEntry("chat", PolicyText.OFF);
        }
    }
}
