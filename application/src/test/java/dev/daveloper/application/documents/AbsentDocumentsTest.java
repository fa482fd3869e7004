package dev.daveloper.application.documents;

import static dev.daveloper.application.testkit.Uploads.someSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.InMemoryDocuments;
import dev.daveloper.application.testkit.PolledJob;
import dev.daveloper.application.testkit.Uploads;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Quota;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs are followed through absences of the document service, and within bounds. */
class AbsentDocumentsTest {
    private static final Duration SOON = CoreFixture.SOON;
    private static final Quota PLENTY = Uploads.PLENTY;

    private final InMemoryDocuments kept = new InMemoryDocuments(InstantSource.system());
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final Scope session = someSession();
    private volatile boolean away;

    @AfterEach
    void release() {
        kept.release();
    }

    @Test
    void a_job_is_followed_to_its_end_though_the_service_was_away() throws Exception {
        kept.hold();
        try (DocumentsService documents = documents(10, 10)) {
            IngestionJob job = documents.ingest(session, upload("slow")).job();
            try (JobFollower follower = documents.follow(session, job.ticket().id())) {
                assertThat(follower.next(SOON)).isInstanceOf(JobStep.Changed.class);
                away = true;
                kept.release();
                await().atMost(SOON).until(() -> kept.unfinished(1).isEmpty());
                away = false;

                JobStep step = follower.next(SOON);
                while (step instanceof JobStep.Changed changed && !changed.job().isOver()) {
                    step = follower.next(SOON);
                }
                assertThat(step)
                        .isInstanceOfSatisfying(
                                JobStep.Changed.class,
                                changed -> assertThat(changed.job()).isInstanceOf(IngestionJob.Completed.class));
            }
            assertThat(events)
                    .hasOnlyElementsOfType(GatewayEvent.DocumentIngested.class)
                    .hasSize(1);
        }
    }

    @Test
    void an_upload_while_the_service_is_known_to_be_away_is_refused_unread() {
        away = true;
        try (DocumentsService documents = documents(10, 10)) {
            assertThatThrownBy(() -> documents.ingest(session, upload("text")))
                    .isInstanceOf(DocumentsUnavailable.class);
        }
        assertThat(kept.jobs(session, 10)).isEmpty();
    }

    @Test
    void of_more_jobs_than_may_be_watched_at_once_each_end_is_told() throws Exception {
        kept.hold();
        try (DocumentsService documents = documents(10, 1)) {
            for (int i = 0; i < 4; i++) {
                documents.ingest(session, upload("text " + i));
            }
            kept.release();

            await().atMost(SOON).until(() -> documents.jobsUnderWay() == 0);
            Set<GatewayEvent> told = new HashSet<>(events);
            assertThat(events).hasSize(4);
            assertThat(told).hasSize(4);
        }
    }

    @Test
    void more_jobs_than_a_node_may_know_are_refused() throws Exception {
        kept.hold();
        try (DocumentsService documents = documents(2, 2)) {
            documents.ingest(session, upload("one"));
            documents.ingest(session, upload("two"));

            assertThatThrownBy(() -> documents.ingest(session, upload("three")))
                    .isInstanceOf(DocumentsUnavailable.class);
        }
    }

    @Test
    void followers_are_told_when_the_node_stops() throws Exception {
        kept.hold();
        DocumentsService documents = documents(10, 10);
        documents.ingest(session, upload("slow"));
        try (JobFollower follower = documents.followAll(session)) {
            documents.close();
            assertThatThrownBy(() -> follower.next(SOON)).isInstanceOf(DocumentsUnavailable.class);
        }
        assertThatThrownBy(() -> documents.followAll(session).next(SOON)).isInstanceOf(DocumentsUnavailable.class);
        await().atMost(SOON).until(() -> documents.jobsUnderWay() == 0);
    }

    @Test
    void a_viewer_that_leaves_too_much_unread_has_to_look_again() throws Exception {
        try (DocumentsService documents = documents(100_000, 10);
                JobFollower follower = documents.followAll(session)) {
            for (int i = 0; i <= ScopeFollower.MAX_UNSEEN; i++) {
                documents.ingest(session, upload("text " + i));
            }
            await().atMost(SOON).until(() -> documents.jobsUnderWay() == 0);

            assertThatThrownBy(() -> follower.next(SOON)).isInstanceOf(DocumentsUnavailable.class);
        }
    }

    private DocumentsService documents(int maxLiveJobs, int maxWatches) {
        return new DocumentsService(
                sometimesAway(),
                new DocumentSettings(Uploads.MAX_BYTES, PLENTY, PLENTY, maxLiveJobs, maxWatches),
                new Ids(InstantSource.system(), new SecureRandom()),
                InstantSource.system(),
                events::add);
    }

    private static Upload upload(String text) {
        return new Upload("some.txt", "text/plain", Uploads.bytes(text));
    }

    /** What is kept, reached over a line that can be cut. */
    private DocumentService sometimesAway() {
        return (DocumentService) Proxy.newProxyInstance(
                DocumentService.class.getClassLoader(),
                new Class<?>[] {DocumentService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("unavailableFor")) {
                        return away ? Optional.of(Duration.ofSeconds(1)) : Optional.empty();
                    }
                    if (away) {
                        throw new DocumentsUnavailable();
                    }
                    if (method.getName().equals("watch")) {
                        return new PolledJob((JobId) arguments[0], ((DocumentService) proxy)::job);
                    }
                    try {
                        return method.invoke(kept, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
