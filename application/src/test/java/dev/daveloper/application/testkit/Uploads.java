package dev.daveloper.application.testkit;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;

/** What tests hand over to a document service, and how they wait for it. */
public final class Uploads {
    public static final Quota PLENTY = new Quota(10_000, 1L << 40, 100_000, 1L << 40);
    public static final long MAX_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

    private Uploads() {}

    /** A scope that nobody had before. */
    public static Scope someSession() {
        return Scope.of(SessionId.next(IDS));
    }

    public static JobId someJob() {
        return JobId.next(IDS);
    }

    public static DocumentId someDocument() {
        return DocumentId.next(IDS);
    }

    public static NewDocument of(Scope scope, String name, MediaKind kind, long maxBytes, Quota quota) {
        return new NewDocument(someJob(), someDocument(), scope, name, kind, maxBytes, quota);
    }

    public static NewDocument text(Scope scope, String name) {
        return of(scope, name, MediaKind.TEXT, MAX_BYTES, PLENTY);
    }

    public static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Accepted handOver(DocumentService service, Scope scope, String name, String text) {
        return handOver(service, text(scope, name), text);
    }

    public static Accepted handOver(DocumentService service, NewDocument document, String text) {
        try {
            return service.ingest(document, bytes(text));
        } catch (IOException e) {
            throw new AssertionError("memory can be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for the job's final state. */
    public static IngestionJob ended(DocumentService service, JobId job) {
        return Awaitility.await("end of " + job)
                .atMost(PATIENCE)
                .until(() -> service.job(job).orElseThrow(), IngestionJob::isOver);
    }

    /** Hands a text over and waits until it can be found. */
    public static IngestionJob.Completed ingested(DocumentService service, Scope scope, String name, String text) {
        IngestionJob end = ended(
                service, handOver(service, scope, name, text).job().ticket().id());
        if (end instanceof IngestionJob.Completed completed) {
            return completed;
        }
        throw new AssertionError(name + " was to be ingested, but " + end);
    }
}
