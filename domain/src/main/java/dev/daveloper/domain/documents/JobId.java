package dev.daveloper.domain.documents;

import dev.daveloper.domain.Ids;

/** The ingestion of one document. Written {@code job_} and 26 characters, see {@link Ids}. */
public record JobId(String value) {
    public static final String PREFIX = "job_";

    public JobId {
        Ids.require("jobId", PREFIX, value);
    }

    public static JobId next(Ids ids) {
        return new JobId(ids.next(PREFIX));
    }

    @Override
    public String toString() {
        return value;
    }
}
