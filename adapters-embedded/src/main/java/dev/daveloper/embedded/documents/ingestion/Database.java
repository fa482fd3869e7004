package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.StoreUnavailable;
import dev.daveloper.embedded.Sqlite;
import dev.daveloper.embedded.Work;

/** The documents' database, whose failures are the document service's. Who waits for it is told in {@link Sqlite}. */
final class Database {
    private final Sqlite sqlite;

    Database(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    <T> T read(Work<T> work) {
        try {
            return sqlite.read(work);
        } catch (StoreUnavailable e) {
            throw new DocumentsUnavailable(e);
        } catch (IllegalStateException e) {
            throw new DocumentsFailed(e);
        }
    }

    <T> T write(Work<T> work) {
        return write(work, () -> {});
    }

    /** @param committed run after the commit, whether or not the caller still waits; short */
    <T> T write(Work<T> work, Runnable committed) {
        try {
            return sqlite.write(work, committed);
        } catch (StoreUnavailable e) {
            throw new DocumentsUnavailable(e);
        } catch (IllegalStateException e) {
            throw new DocumentsFailed(e);
        }
    }
}
