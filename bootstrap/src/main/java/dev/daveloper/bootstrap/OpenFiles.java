package dev.daveloper.bootstrap;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpLimits;
import java.lang.management.ManagementFactory;

/**
 * Clients take no more of the files that the process may open than leaves it some for itself: for its stores, for
 * documents, for those whom it calls and those who look after it.
 */
final class OpenFiles {
    /** One in so many is kept. */
    private static final int KEPT_ONE_IN = 8;

    private OpenFiles() {}

    /** With as many connections as there is room for now, which is asked when all else is open. */
    static HttpConfig bounding(HttpConfig config) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return config;
        }
        return bounding(config, system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount());
    }

    static HttpConfig bounding(HttpConfig config, long open, long most) {
        HttpLimits limits = config.limits();
        long room = Math.max(1, most - open - most / KEPT_ONE_IN);
        return room >= limits.maxConnections() ? config : config.withLimits(limits.withMaxConnections((int) room));
    }
}
