package dev.daveloper.application.testkit;

import static dev.daveloper.application.testkit.Uploads.ended;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every document service keeps while an ingestion takes long. For services whose ingestion a test can hold. */
public abstract class HeldIngestionContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    /** The service under test; the same within one test. */
    protected abstract DocumentService service();

    /** From now on no ingestion completes. */
    protected abstract void hold();

    protected abstract void release();

    @Test
    void a_job_that_is_cancelled_ends_cancelled_and_leaves_nothing() {
        hold();
        Scope session = someSession();
        JobId job =
                handOver(service(), session, "slow.txt", "slow").job().ticket().id();

        service().cancel(job);

        IngestionJob end = ended(service(), job);
        assertThat(end).isInstanceOf(IngestionJob.Cancelled.class);
        assertThat(service().find(end.ticket().documentId())).isEmpty();
        release();
        assertThat(handOver(service(), session, "slow.txt", "slow").duplicate()).isFalse();
    }

    @Test
    void cancelling_a_job_that_is_over_changes_nothing() {
        JobId job = handOver(service(), someSession(), "quick.txt", "quick")
                .job()
                .ticket()
                .id();
        IngestionJob end = ended(service(), job);

        service().cancel(job);

        assertThat(service().job(job)).contains(end);
    }

    @Test
    void a_job_under_way_is_among_the_unfinished_and_the_scope_s() {
        hold();
        Scope session = someSession();
        JobId job =
                handOver(service(), session, "slow.txt", "slow").job().ticket().id();

        assertThat(service().unfinished(1_000))
                .anyMatch(found -> found.ticket().id().equals(job));
        assertThat(service().jobs(session, 10)).hasSize(1).allMatch(found -> !found.isOver());

        release();
        ended(service(), job);
        assertThat(service().unfinished(1_000))
                .noneMatch(found -> found.ticket().id().equals(job));
    }

    @Test
    void the_same_bytes_join_the_job_under_way() {
        hold();
        Scope session = someSession();
        Accepted first = handOver(service(), session, "slow.txt", "slow");

        Accepted second = handOver(service(), session, "slow.txt", "slow");

        assertThat(second.duplicate()).isTrue();
        assertThat(second.job().ticket()).isEqualTo(first.job().ticket());
        release();
        ended(service(), first.job().ticket().id());
    }

    @Test
    void deleting_a_document_under_way_ends_its_job() throws InterruptedException {
        hold();
        Scope session = someSession();
        Accepted accepted = handOver(service(), session, "slow.txt", "slow");
        JobId job = accepted.job().ticket().id();

        try (JobStream stream = service().watch(job)) {
            assertThat(stream.next(PATIENCE)).isInstanceOf(JobStep.Changed.class);
            assertThat(service().delete(accepted.job().ticket().documentId())).isTrue();
            JobStep step = stream.next(PATIENCE);
            while (step instanceof JobStep.Changed changed) {
                assertThat(changed.job()).isNotInstanceOf(IngestionJob.Completed.class);
                step = stream.next(PATIENCE);
            }
            assertThat(step).isEqualTo(JobStep.Ended.ENDED);
        }
        assertThat(service().job(job)).isEmpty();
        release();
    }

    @Test
    void a_viewer_is_quiet_while_nothing_changes_and_ends_when_it_is_closed() throws InterruptedException {
        hold();
        JobId job = handOver(service(), someSession(), "slow.txt", "slow")
                .job()
                .ticket()
                .id();

        JobStream stream = service().watch(job);
        JobStep step = stream.next(PATIENCE);
        while (step instanceof JobStep.Changed) {
            step = stream.next(A_MOMENT);
        }
        assertThat(step).isEqualTo(JobStep.Quiet.QUIET);
        stream.close();
        assertThat(stream.next(PATIENCE)).isEqualTo(JobStep.Ended.ENDED);
        release();
        assertThat(ended(service(), job)).isInstanceOf(IngestionJob.Completed.class);
    }
}
