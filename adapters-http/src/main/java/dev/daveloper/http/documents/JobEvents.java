package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.http.SseSource;
import dev.daveloper.http.requests.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The progress of one job up to its final state, or of all of a scope's jobs, as server-sent events. */
final class JobEvents implements SseSource {
    private final JsonCodec json;
    private final JobFollower follower;
    private final boolean one;

    private JobEvents(JsonCodec json, JobFollower follower, boolean one) {
        this.json = json;
        this.follower = follower;
        this.one = one;
    }

    static JobEvents ofOne(JsonCodec json, JobFollower follower) {
        return new JobEvents(json, follower, true);
    }

    static JobEvents ofAll(JsonCodec json, JobFollower follower) {
        return new JobEvents(json, follower, false);
    }

    @Override
    public Pulled next(Duration patience) throws InterruptedException {
        return switch (follower.next(patience)) {
            case JobStep.Changed changed -> eventOf(changed.job());
            case JobStep.Quiet quiet -> Quiet.QUIET;
            case JobStep.Ended ended -> Ended.ENDED;
        };
    }

    private Event eventOf(IngestionJob job) {
        boolean last = one && job.isOver();
        // Only what ends a stream has an id: a viewer that comes back with it has seen everything.
        String id = last ? "id: " + job.state() + "\n" : "";
        String text =
                "event: " + JobView.Progress.TYPE + "\n" + id + "data: " + json.text(JobView.Progress.of(job)) + "\n\n";
        return new Event(text.getBytes(StandardCharsets.UTF_8), last);
    }
}
