package dev.daveloper.application.documents;

import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.Document;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.Forbidden;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.domain.sessions.SessionId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Duration SOON = CoreFixture.SOON;

    private final CoreFixture core = CoreFixture.with(ScriptedAgent.saying("hello"));
    private final Documents documents = core.core().documents();
    private final Scope session = someSession();

    @AfterEach
    void close() {
        core.documents().release();
        core.close();
    }

    @Test
    void an_upload_becomes_a_document_and_an_event() throws Exception {
        Accepted accepted = send(session, "../../etc/re\u202Eport.txt", "Seagulls.");

        assertThat(accepted.job().ticket().name()).isEqualTo("report.txt");
        assertThat(accepted.job().ticket().kind()).isEqualTo(MediaKind.TEXT);
        Document document = completed(accepted).document();
        assertThat(documents.find(session, document.id())).isEqualTo(document);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(core.events())
                        .anyMatch(event -> event instanceof GatewayEvent.DocumentIngested ingested
                                && ingested.document().equals(document)));
    }

    @Test
    void a_document_that_cannot_be_ingested_is_told_as_an_event() throws Exception {
        Accepted accepted = send(session, "cut.json", "{\"a\":");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(core.events())
                        .anyMatch(event -> event instanceof GatewayEvent.DocumentFailed failed
                                && failed.ticket().equals(accepted.job().ticket())
                                && failed.failure().code() == FailureCode.DOCUMENT_UNREADABLE));
    }

    @Test
    void a_file_that_is_not_what_its_name_says_is_refused_before_it_is_read() {
        assertThatThrownBy(() -> send(session, "report.pdf", "no pdf"))
                .isInstanceOfSatisfying(
                        DocumentRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.DOCUMENT_TYPE_MISMATCH));
        assertThatThrownBy(() -> send(session, "..", "no name")).isInstanceOf(InvalidRequest.class);
        assertThat(documents.jobs(session)).isEmpty();
    }

    @Test
    void a_session_sees_nothing_of_another_one() throws Exception {
        Document mine = completed(send(session, "mine.txt", "Mine.")).document();
        Scope stranger = someSession();

        assertThatThrownBy(() -> documents.find(stranger, mine.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.delete(stranger, mine.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.job(stranger, mine.jobId())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.cancel(stranger, mine.jobId())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> documents.follow(stranger, mine.jobId())).isInstanceOf(NotFound.class);
        assertThat(documents.jobs(stranger)).isEmpty();
        assertThat(listed(stranger)).isEmpty();
        assertThatThrownBy(() -> documents.find(Scope.SHARED, mine.id())).isInstanceOf(NotFound.class);
    }

    @Test
    void a_shared_document_is_read_by_all_and_deleted_by_administrators_alone() throws Exception {
        Document shared = completed(send(Scope.SHARED, "rules.txt", "Rules.")).document();

        assertThat(documents.find(session, shared.id())).isEqualTo(shared);
        assertThat(listed(session)).containsExactly(shared);
        assertThatThrownBy(() -> documents.delete(session, shared.id())).isInstanceOf(Forbidden.class);

        documents.delete(Scope.SHARED, shared.id());

        assertThat(listed(session)).isEmpty();
        assertThat(core.events())
                .anyMatch(event -> event instanceof GatewayEvent.DocumentDeleted deleted
                        && deleted.documentId().equals(shared.id()));
    }

    @Test
    void a_list_may_be_narrowed_to_a_scope_that_the_viewer_may_read() throws Exception {
        Document own = completed(send(session, "own.txt", "Own.")).document();
        Document shared = completed(send(Scope.SHARED, "rules.txt", "Rules.")).document();
        Scope stranger = someSession();
        completed(send(stranger, "strange.txt", "Strange."));

        assertThat(listed(session, Optional.of(session))).containsExactly(own);
        assertThat(listed(session, Optional.of(Scope.SHARED))).containsExactly(shared);
        assertThat(listed(session, Optional.of(stranger))).isEmpty();
    }

    @Test
    void a_job_is_followed_by_many_from_how_it_stands_to_its_end() throws Exception {
        core.documents().hold();
        JobId job = send(session, "slow.txt", "Slow.").job().ticket().id();

        try (JobFollower first = documents.follow(session, job);
                JobFollower second = documents.follow(session, job)) {
            assertThat(first.next(SOON)).isInstanceOf(JobStep.Changed.class);
            core.documents().release();
            assertThat(lastOf(first)).isInstanceOf(IngestionJob.Completed.class);
            assertThat(lastOf(second)).isInstanceOf(IngestionJob.Completed.class);
        }
    }

    @Test
    void a_job_that_is_over_gives_its_final_state_and_ends() throws Exception {
        Accepted accepted = send(session, "quick.txt", "Quick.");
        IngestionJob end = completed(accepted);

        try (JobFollower follower = documents.follow(session, end.ticket().id())) {
            assertThat(follower.next(SOON)).isEqualTo(new JobStep.Changed(end));
            assertThat(follower.next(SOON)).isEqualTo(JobStep.Ended.ENDED);
        }
    }

    @Test
    void a_session_s_jobs_are_followed_together_and_nobody_else_s() throws Exception {
        core.documents().hold();
        JobId before = send(session, "before.txt", "Before.").job().ticket().id();
        try (JobFollower all = documents.followAll(session)) {
            JobId after = send(session, "after.txt", "After.").job().ticket().id();
            send(someSession(), "strange.txt", "Strange.");
            core.documents().release();

            List<JobId> ended = new ArrayList<>();
            while (ended.size() < 2) {
                if (all.next(SOON) instanceof JobStep.Changed changed) {
                    assertThat(changed.job().ticket().scope()).isEqualTo(session);
                    if (changed.job() instanceof IngestionJob.Completed) {
                        ended.add(changed.job().ticket().id());
                    }
                }
            }
            assertThat(ended).containsExactlyInAnyOrder(before, after);
            assertThat(all.next(Duration.ofMillis(20))).isEqualTo(JobStep.Quiet.QUIET);
        }
    }

    @Test
    void who_does_not_wait_is_told_when_there_is_something_to_pull() throws Exception {
        core.documents().hold();
        JobId before = send(session, "before.txt", "Before.").job().ticket().id();
        AtomicInteger told = new AtomicInteger();
        try (JobFollower all = documents.followAll(session)) {
            all.onNews(told::incrementAndGet);
            assertThat(told).as("for what was there").hasPositiveValue();
            assertThat(all.next(Duration.ZERO)).isInstanceOf(JobStep.Changed.class);
            send(someSession(), "strange.txt", "Strange.");
            core.documents().release();

            List<JobId> ended = new ArrayList<>();
            while (ended.isEmpty()) {
                await().until(() -> told.getAndSet(0) > 0);
                while (all.next(Duration.ZERO) instanceof JobStep.Changed changed) {
                    if (changed.job().isOver()) {
                        ended.add(changed.job().ticket().id());
                    }
                }
            }
            assertThat(ended).containsExactly(before);
            told.set(0);
            core.core().close();
            assertThat(told).as("when it can be followed no more").hasPositiveValue();
        }
    }

    @Test
    void a_cancelled_job_ends_for_its_followers() throws Exception {
        core.documents().hold();
        JobId job = send(session, "slow.txt", "Slow.").job().ticket().id();

        try (JobFollower follower = documents.follow(session, job)) {
            documents.cancel(session, job);
            assertThat(lastOf(follower)).isInstanceOf(IngestionJob.Cancelled.class);
        }
        assertThat(documents.job(session, job)).isInstanceOf(IngestionJob.Cancelled.class);
    }

    @Test
    void a_session_s_end_takes_its_documents_with_it() throws Exception {
        SessionId leaving = core.core().sessions().open().session().id();
        completed(send(Scope.of(leaving), "mine.txt", "Mine."));

        core.core().sessions().end(leaving);

        assertThat(listed(Scope.of(leaving))).isEmpty();
        assertThat(core.documents().jobs(Scope.of(leaving), 10)).isEmpty();
    }

    @Test
    void jobs_that_an_earlier_process_left_under_way_are_told_of_when_they_end() {
        core.documents().hold();
        IngestionJob.Ticket left = Uploads.handOver(core.documents(), session, "left.txt", "Left.")
                .job()
                .ticket();
        List<GatewayEvent> told = new CopyOnWriteArrayList<>();
        DocumentsService later = new DocumentsService(
                core.documents(),
                DocumentSettings.DEFAULT,
                new Ids(core.clock(), new SecureRandom()),
                core.clock(),
                told::add);
        later.resume();
        await().atMost(SOON).until(() -> later.jobsUnderWay() == 1);
        core.documents().release();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told)
                        .anyMatch(event -> event instanceof GatewayEvent.DocumentIngested ingested
                                && ingested.document().jobId().equals(left.id())));
        later.close();
    }

    private Accepted send(Scope owner, String name, String text) throws IOException, InterruptedException {
        return documents.ingest(owner, new Upload(name, "", Uploads.bytes(text)));
    }

    private IngestionJob.Completed completed(Accepted accepted) {
        return (IngestionJob.Completed)
                Uploads.ended(core.documents(), accepted.job().ticket().id());
    }

    private static IngestionJob lastOf(JobFollower follower) throws InterruptedException {
        IngestionJob last = null;
        for (JobStep step = follower.next(SOON); step instanceof JobStep.Changed changed; step = follower.next(SOON)) {
            last = changed.job();
        }
        return Objects.requireNonNull(last);
    }

    private List<Document> listed(Scope viewer) {
        return listed(viewer, Optional.empty());
    }

    private List<Document> listed(Scope viewer, Optional<Scope> only) {
        return documents
                .list(
                        viewer,
                        new Documents.Filter(only, Optional.empty(), Optional.empty()),
                        new PageRequest(50, Optional.empty()))
                .items();
    }
}
