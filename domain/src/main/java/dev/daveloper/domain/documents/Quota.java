package dev.daveloper.domain.documents;

import dev.daveloper.domain.failures.DocumentRefused;

/**
 * How much may be kept. Documents being ingested count, failed and cancelled ones do not.
 *
 * @param scopeFiles documents of one scope
 * @param scopeBytes bytes of one scope's documents, as they came
 * @param totalFiles documents of all scopes together
 * @param totalBytes bytes of all documents together
 */
public record Quota(int scopeFiles, long scopeBytes, int totalFiles, long totalBytes) {
    /** What is there already. */
    public record Used(int files, long bytes) {}

    /**
     * Lets one more document of this size pass. Whoever keeps documents asks this in the same step that adds it.
     *
     * @throws DocumentRefused when it does not fit
     */
    public void admit(Used ofScope, Used ofAll, long bytes) {
        if (ofScope.files() >= scopeFiles) {
            throw DocumentRefused.quota("There are " + scopeFiles + " documents already, which is the limit."
                    + " Delete one to make room.");
        }
        if (bytes > scopeBytes - ofScope.bytes()) {
            throw DocumentRefused.quota("The documents would have more than " + scopeBytes + " bytes together, which is"
                    + " the limit. Delete some to make room.");
        }
        if (ofAll.files() >= totalFiles || bytes > totalBytes - ofAll.bytes()) {
            throw DocumentRefused.quota("This installation holds as many documents as it may.");
        }
    }
}
