package dev.daveloper.bootstrap.config;

import dev.daveloper.application.documents.DocumentSettings;
import dev.daveloper.domain.documents.Quota;
import java.util.List;

/** How large documents may be, and how many are kept. */
final class DocumentLimitKeys {
    private static final long MIB = 1L << 20;
    private static final long MOST_BYTES = 1L << 50;
    private static final int MOST_FILES = 10_000_000;

    static final Setting<Long> MAX_SIZE =
            Setting.of("documents.max-size", Kinds.volume(1 << 10, 2_047 * MIB), "100MiB", "Largest document.");
    static final Setting<Integer> SESSION_FILES = Setting.of(
            "documents.session.max-files",
            Kinds.wholeNumber(0, MOST_FILES),
            "200",
            "Documents that one session may keep; 0 lets sessions bring none.");
    static final Setting<Long> SESSION_BYTES = Setting.of(
            "documents.session.max-size",
            Kinds.volume(0, MOST_BYTES),
            "500MiB",
            "What the documents of one session may weigh together.");
    static final Setting<Integer> SHARED_FILES = Setting.of(
            "documents.shared.max-files",
            Kinds.wholeNumber(0, MOST_FILES),
            "10000",
            "Documents that may be shared with everybody.");
    static final Setting<Long> SHARED_BYTES = Setting.of(
            "documents.shared.max-size",
            Kinds.volume(0, MOST_BYTES),
            "10GiB",
            "What shared documents may weigh together.");
    static final Setting<Integer> TOTAL_FILES = Setting.of(
            "documents.total.max-files", Kinds.wholeNumber(0, MOST_FILES), "100000", "Documents kept in all.");
    static final Setting<Long> TOTAL_BYTES = Setting.of(
            "documents.total.max-size", Kinds.volume(0, MOST_BYTES), "20GiB", "What all documents may weigh together.");

    static final List<Setting<?>> SETTINGS =
            List.of(MAX_SIZE, SESSION_FILES, SESSION_BYTES, SHARED_FILES, SHARED_BYTES, TOTAL_FILES, TOTAL_BYTES);

    private DocumentLimitKeys() {}

    static DocumentSettings bind(Values values) {
        int totalFiles = values.get(TOTAL_FILES);
        long totalBytes = values.get(TOTAL_BYTES);
        return new DocumentSettings(
                values.get(MAX_SIZE),
                new Quota(values.get(SESSION_FILES), values.get(SESSION_BYTES), totalFiles, totalBytes),
                new Quota(values.get(SHARED_FILES), values.get(SHARED_BYTES), totalFiles, totalBytes),
                DocumentSettings.DEFAULT.maxLiveJobs(),
                DocumentSettings.DEFAULT.maxWatches());
    }
}
