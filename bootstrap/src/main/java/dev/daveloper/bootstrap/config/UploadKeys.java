package dev.daveloper.bootstrap.config;

import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.security.AdminKeys;
import java.time.Duration;
import java.util.List;

/** How files are sent, and who may send what is everybody's. */
final class UploadKeys {
    static final Setting<AdminKeys> ADMIN_KEYS = new Setting<>(
            "admin.keys",
            Kinds.ADMIN_KEYS,
            "",
            "Keys of administrators, who may change what is shared: name=hash pairs joined by commas, where the hash is"
                    + " the key's SHA-256 in hexadecimal; or, while developing, the keys themselves. Empty makes one at"
                    + " each start and prints it.",
            true);
    static final Setting<Integer> MAX_FILES = Setting.of(
            "http.upload.max-files", Kinds.wholeNumber(1, 1_000), "20", "Documents that one upload may bring.");
    static final Setting<Integer> AT_ONCE =
            Setting.of("http.upload.at-once", Kinds.wholeNumber(1, 10_000), "64", "Uploads at once.");
    static final Setting<Integer> AT_ONCE_PER_SESSION = Setting.of(
            "http.upload.at-once-per-session",
            Kinds.wholeNumber(1, 10_000),
            "4",
            "Uploads of one session at once; more are refused.");
    static final Setting<Duration> TIMEOUT = Setting.of(
            "http.upload.timeout",
            Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            "30m",
            "Longest time of one upload; a sender of which nothing comes is cut sooner.");

    static final Group GROUP = new Group(
            "Administrators and uploads", List.of(ADMIN_KEYS, MAX_FILES, AT_ONCE, AT_ONCE_PER_SESSION, TIMEOUT));

    private UploadKeys() {}

    static UploadLimits bind(Values values) {
        return UploadLimits.forDocuments(values.get(DocumentLimitKeys.MAX_SIZE), values.get(MAX_FILES))
                .atOnce(values.get(AT_ONCE), values.get(AT_ONCE_PER_SESSION), values.get(TIMEOUT));
    }
}
