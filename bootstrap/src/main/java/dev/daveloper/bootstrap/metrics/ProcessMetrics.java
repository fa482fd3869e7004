package dev.daveloper.bootstrap.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.util.Set;

/** What the virtual machine and the system tell of this process, under the names that dashboards know. */
final class ProcessMetrics implements AutoCloseable {
    private static final double NANOS = 1e9;

    /** Names that Prometheus does not want: a unit in short, and a gauge that is called a count. */
    private static final Set<String> UNWANTED = Set.of("process.cpu.time", "system.cpu.count");

    private final JvmGcMetrics collections = new JvmGcMetrics();

    private ProcessMetrics() {}

    /** Keeps out what has a name that is not wanted; has to be there before anything is measured. */
    static MeterFilter filter() {
        return MeterFilter.deny(id -> UNWANTED.contains(id.getName()));
    }

    static ProcessMetrics of(MeterRegistry registry) {
        ProcessMetrics process = new ProcessMetrics();
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS)
                    .description("What all processors together spent on this process.")
                    .baseUnit("seconds")
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        process.collections.bindTo(registry);
        return process;
    }

    @Override
    public void close() {
        collections.close();
    }
}
