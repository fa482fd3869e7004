package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.Durability;
import dev.daveloper.embedded.EmbeddedStoresConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where sessions and conversations are kept. */
final class DataKeys {
    static final Setting<Optional<Path>> DIR = Setting.of(
            "data.dir",
            Kinds.OPTIONAL_PATH,
            "data",
            "Directory for sessions and conversations, made when it is not there. Empty keeps them in memory, until the"
                    + " program ends.");
    static final Setting<Durability> DURABILITY = Setting.of(
            "data.durability",
            Kinds.choice(Map.of("process-death", Durability.PROCESS_DEATH, "power-cut", Durability.POWER_CUT)),
            "process-death",
            "What an accepted message is safe from: the end of the process in any way, or a power cut too, at the price"
                    + " of slower writes.");
    static final Setting<String> ENCRYPTION_KEYS = Setting.secret(
            "data.encryption-keys",
            "Keys that texts of messages are encrypted with where they are kept, as name=key pairs joined by commas; a"
                    + " key is 32 bytes in base64. The first encrypts, the others read what is there. Empty: no"
                    + " encryption.");

    static final Group GROUP = new Group("Data", List.of(DIR, DURABILITY, ENCRYPTION_KEYS));

    private DataKeys() {}

    static StoresChoice bind(Values values, InstantSource clock) {
        return RedisKeys.isChosen(values)
                ? new StoresChoice.InRedis(RedisKeys.bind(values))
                : new StoresChoice.Embedded(embedded(values, clock));
    }

    private static EmbeddedStoresConfig embedded(Values values, InstantSource clock) {
        return values.get(DIR)
                .map(dir -> EmbeddedStoresConfig.in(dir, clock))
                .orElseGet(() -> EmbeddedStoresConfig.inMemory(clock))
                .with(values.get(DURABILITY))
                .with(EncryptionKeys.read(ENCRYPTION_KEYS.key(), values.get(ENCRYPTION_KEYS)));
    }
}
