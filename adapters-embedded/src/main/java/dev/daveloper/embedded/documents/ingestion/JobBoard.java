package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.IngestionJob.Ticket;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.stored.Doorbells;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How jobs stand: those in a worker's hands as the worker says, the others as the database does. Tells of every change
 * to those who watch.
 */
final class JobBoard {
    private final JobTable table;
    private final InstantSource clock;
    private final Map<JobId, Ingestion> live = new ConcurrentHashMap<>();
    private final Doorbells<JobId> bells = new Doorbells<>();

    JobBoard(JobTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Puts a job into the hands of the worker that calls. */
    Ingestion begin(Ticket job) {
        Ingestion ingestion = new Ingestion(job, clock, () -> bells.ring(job.id()));
        live.put(job.id(), ingestion);
        return ingestion;
    }

    /** The worker is done with it; the database says how it ended. */
    void end(Ingestion ingestion) {
        JobId job = ingestion.ticket().id();
        live.remove(job, ingestion);
        bells.ring(job);
    }

    /** Takes a job out of its worker's hands, after the database has it otherwise. */
    void giveUp(JobId job) {
        Ingestion ingestion = live.remove(job);
        if (ingestion != null) {
            ingestion.giveUp();
        }
        bells.ring(job);
    }

    void giveUpAll() {
        live.values().forEach(Ingestion::giveUp);
    }

    /** How many are in the hands of workers. */
    int live() {
        return live.size();
    }

    boolean isLive(JobId job) {
        return live.containsKey(job);
    }

    void ring(JobId job) {
        bells.ring(job);
    }

    void ringAll() {
        bells.ringAll();
    }

    Optional<IngestionJob> find(JobId job) {
        Ingestion ingestion = live.get(job);
        return ingestion == null ? table.find(job).map(JobRow::job) : Optional.of(ingestion.state());
    }

    List<IngestionJob> asTheyStand(List<IngestionJob> jobs) {
        return jobs.stream().map(this::asItStands).toList();
    }

    IngestionJob asItStands(IngestionJob job) {
        Ingestion ingestion = live.get(job.ticket().id());
        return ingestion == null || job.isOver() ? job : ingestion.state();
    }

    JobStream watch(JobId job) {
        return new WatchedJob(job, this, bells);
    }
}
