package dev.daveloper.grpc.documents;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.NotFound;
import dev.daveloper.grpc.StreamSource;
import dev.daveloper.proto.documents.v1.WatchJobResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** A job that is followed, as it goes over the wire. */
final class JobSource implements StreamSource<WatchJobResponse> {
    private final JobStream job;
    private boolean known;

    JobSource(JobStream job) {
        this.job = job;
    }

    @Override
    public boolean next(Duration patience, Consumer<WatchJobResponse> messages) throws InterruptedException {
        return switch (job.next(patience)) {
            case JobStep.Changed changed -> {
                known = true;
                messages.accept(WatchJobResponse.newBuilder()
                        .setJob(DocumentWriter.write(changed.job()))
                        .build());
                yield true;
            }
            case JobStep.Quiet quiet -> true;
            case JobStep.Ended ended -> {
                if (!known) {
                    throw new NotFound("job");
                }
                yield false;
            }
        };
    }

    @Override
    public void close() {
        job.close();
    }
}
