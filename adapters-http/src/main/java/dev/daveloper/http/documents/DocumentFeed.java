package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.http.SocketFeed;
import dev.daveloper.http.chat.ChatProtocol;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.JsonCodec;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells WebSockets of the progress of their session's documents. While the document service is away it is asked again,
 * ever more seldom; nobody is told of that, since nobody asked.
 */
final class DocumentFeed implements SocketFeed {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Documents documents;
    private final JsonCodec json;
    private final Problems problems;
    private final Duration firstPause;

    DocumentFeed(Documents documents, JsonCodec json, Problems problems) {
        this(documents, json, problems, FIRST_PAUSE);
    }

    /** @param firstPause before the first new attempt; each further one is twice as long, up to 30 seconds */
    DocumentFeed(Documents documents, JsonCodec json, Problems problems, Duration firstPause) {
        this.documents = documents;
        this.json = json;
        this.problems = problems;
        this.firstPause = firstPause;
    }

    @Override
    public void tell(SessionId session, Listener listener) throws InterruptedException {
        Duration pause = firstPause;
        while (true) {
            long since = System.nanoTime();
            try (JobFollower follower = documents.followAll(Scope.of(session))) {
                if (!follow(follower, listener)) {
                    return;
                }
            } catch (GatewayException e) {
                LOG.debug("documents cannot be followed at the moment: {}", e.detail());
            } catch (RuntimeException e) {
                // The WebSocket hears no more of its documents.
                problems.note(e, Occasion.ofSocket(TraceContext.begin().traceId(), ChatProtocol.PATH));
                return;
            }
            boolean heldLong = System.nanoTime() - since > LONGEST_PAUSE.toNanos();
            pause = heldLong ? firstPause : pause;
            Thread.sleep(pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos())));
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** Answers false when the listener takes no more. */
    private boolean follow(JobFollower follower, Listener listener) throws InterruptedException {
        JobStep step = follower.next(PATIENCE);
        while (!(step instanceof JobStep.Ended)) {
            if (step instanceof JobStep.Changed changed
                    && !listener.take(json.text(JobView.Progress.of(changed.job())))) {
                return false;
            }
            step = follower.next(PATIENCE);
        }
        return true;
    }
}
