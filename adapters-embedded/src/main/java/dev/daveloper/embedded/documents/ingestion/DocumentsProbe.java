package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.health.ErrorClass;
import dev.daveloper.domain.health.Status;

/** Asks the database of the documents, and looks how many documents wait. */
final class DocumentsProbe implements HealthProbe {
    /** From here on uploads will soon be refused. */
    private static final int WARN_FILL_PERCENT = 80;

    private final HealthProbe database;
    private final Admission admission;
    private final int maxWaiting;

    DocumentsProbe(HealthProbe database, Admission admission, int maxWaiting) {
        this.database = database;
        this.admission = admission;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public String component() {
        return database.component();
    }

    @Override
    public boolean vital() {
        return database.vital();
    }

    @Override
    public Finding check() throws InterruptedException {
        Finding finding = database.check();
        if (finding.status() != Status.PASS) {
            return finding;
        }
        try {
            int waiting = admission.waiting();
            return waiting * 100L >= (long) maxWaiting * WARN_FILL_PERCENT
                    ? Finding.warning(ErrorClass.FULL, waiting + " of " + maxWaiting + " documents that may wait do.")
                    : Finding.PASS;
        } catch (GatewayException e) {
            return Finding.failing(ErrorClass.UNAVAILABLE, "The database cannot be read.");
        }
    }
}
