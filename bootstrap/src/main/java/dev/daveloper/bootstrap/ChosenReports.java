package dev.daveloper.bootstrap;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.http.failures.ErrorReportConfig;
import dev.daveloper.http.failures.HttpErrorReporter;
import java.time.InstantSource;

/** Who hears of unexpected failures beside the log: a collector, or nobody. */
record ChosenReports(ErrorReporter reporter, Runnable closing) implements AutoCloseable {
    static ChosenReports open(ErrorReportConfig config, InstantSource clock) {
        if (config.url().isEmpty()) {
            return new ChosenReports(ErrorReporter.NONE, () -> {});
        }
        HttpErrorReporter reports = HttpErrorReporter.start(config, Version.NAME, clock);
        return new ChosenReports(reports, reports::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
