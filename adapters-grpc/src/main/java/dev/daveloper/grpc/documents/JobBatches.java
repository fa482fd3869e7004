package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.grpc.StreamSource;
import dev.daveloper.proto.documents.v1.ListJobsResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A list of jobs, as it goes over the wire: as many messages as it needs. */
final class JobBatches implements StreamSource<ListJobsResponse> {
    static final int MAX_PER_MESSAGE = 200;

    private final List<IngestionJob> jobs;
    private int told;

    JobBatches(List<IngestionJob> jobs) {
        this.jobs = jobs;
    }

    @Override
    public boolean next(Duration patience, Consumer<ListJobsResponse> messages) {
        List<IngestionJob> batch = jobs.subList(told, Math.min(jobs.size(), told + MAX_PER_MESSAGE));
        if (!batch.isEmpty()) {
            messages.accept(ListJobsResponse.newBuilder()
                    .addAllJobs(batch.stream().map(DocumentWriter::write).toList())
                    .build());
            told += batch.size();
        }
        return told < jobs.size();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
